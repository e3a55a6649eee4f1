"""What everybody may read: chosen by a decision, written apart from all else, kept beside it.

The record of every publication stays in ``publishing_publication``. The schema ``published`` holds
the newest alone, and is all that the public pages can reach; the folder holds the same bytes for
the time when no database answers. No table of another application is read by a public page.
"""
