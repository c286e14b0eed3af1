-- The id that Parley gave to an entry whose sender gave it none. It has no index: it is asked for only after a commit
-- that failed, among the newest entries of a room.
alter table entry add column made_id text;
