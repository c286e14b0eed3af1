-- The relation of a caller, or of a network address, to a room: its role, and the ends of its ban and its mute, in milliseconds.
-- The room is empty for the whole server. A row of an address names the caller for whom it was made; several callers may have the
-- same address. For a caller itself made_for is empty.
create table standing (
    room text not null,
    caller text not null,
    role text,
    banned_until integer,
    muted_until integer,
    name text,
    made_for text not null default '',
    primary key (room, caller, made_for)
) strict, without rowid;

create index standing_name on standing (room, name) where name is not null;
create index standing_made_for on standing (room, made_for) where made_for <> '';
create index standing_ban on standing (banned_until) where banned_until is not null;
create index standing_mute on standing (muted_until) where muted_until is not null;

create table room_setting (
    room text primary key,
    slow integer not null,
    closed integer not null
) strict, without rowid;

-- What moderators have done. The numbers are never used again.
create table audit (
    id integer primary key autoincrement,
    at integer not null,
    actor text not null,
    actor_name text not null,
    room text not null,
    action text not null,
    whom text,
    whom_name text,
    seq integer,
    seconds integer,
    address integer not null,
    reason text
) strict;

create index audit_at on audit (at);
