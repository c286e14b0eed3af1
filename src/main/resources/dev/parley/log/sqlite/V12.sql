-- How long a room keeps its entries, where the application has decided about it. The room need not have any entries yet.
create table room_keep (
    room text primary key,
    millis integer,
    entries integer,
    bytes integer,
    attachments integer
) strict, without rowid;
