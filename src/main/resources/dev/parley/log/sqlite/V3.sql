-- The entries of the room up to this number are deleted. Some of them still have a row, without name and content, for their id.
alter table room add column deleted integer not null default 0;

-- The bytes of the texts and attachments of the entries above `deleted`, as far as they were counted: up to this number.
alter table room add column counted integer not null default 0;
alter table room add column bytes integer not null default 0;
