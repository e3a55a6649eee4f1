"""Every screen. Pages read through selectors, write through services and hold no rule."""
