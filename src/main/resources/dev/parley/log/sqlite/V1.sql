create table meta (
    key text primary key,
    value text not null
) strict, without rowid;

create table room (
    id integer primary key,
    name text not null unique
) strict;

create table author (
    id integer primary key,
    key text not null unique
) strict;

-- An entry has a text, or a media type and its bytes in the table attachment.
create table entry (
    room integer not null references room,
    seq integer not null,
    author integer not null references author,
    sender text not null,
    client_id text,
    at integer not null,
    text text,
    media text,
    file_name text,
    primary key (room, seq)
) strict, without rowid;

create unique index entry_once on entry (room, author, client_id) where client_id is not null;

create table attachment (
    room integer not null,
    seq integer not null,
    bytes blob not null,
    primary key (room, seq)
) strict;

create table mark (
    room integer not null references room,
    user_name text not null,
    seq integer not null,
    primary key (room, user_name)
) strict, without rowid;
