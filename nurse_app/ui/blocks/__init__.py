"""Parts that several pages and sheets are built of; each shows one kind of view."""
