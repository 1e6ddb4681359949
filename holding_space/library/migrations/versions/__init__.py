"""One file a step of the schema. A step that was released is never edited: write the next one."""
