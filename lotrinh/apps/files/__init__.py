"""Files by content: one row and one stored object per sha256, behind the storage alias ``blobs``.

The object is durable before the row is written, so a row never points to nothing; an object
without a row is harmless and is found by comparing. Nothing is deleted but by retention.
"""
