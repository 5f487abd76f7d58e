-- What a review leaves behind: an action that was looked at and left as it is comes back on that day.
ALTER TABLE item ADD COLUMN kept_until TEXT;
-- What became of one item.
CREATE INDEX item_change_item ON item_change (item_id, at);
