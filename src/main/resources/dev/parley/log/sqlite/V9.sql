-- Of an attachment whose bytes are not kept any more, their number. Then the table attachment has no row for it.
alter table entry add column file_size integer;
