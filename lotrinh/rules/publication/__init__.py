"""What a city tells everybody of its promises: a content that is chosen, judged and guarded."""
