//! An analysis to pages, charts, tables and a calendar.
