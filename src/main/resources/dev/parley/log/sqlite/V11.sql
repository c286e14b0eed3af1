-- The kind of the data whose JSON is in the column text. Empty for a text.
alter table entry add column kind text;
