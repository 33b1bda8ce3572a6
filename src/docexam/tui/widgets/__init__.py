"""The widgets of the screens: they show, post messages and decide nothing."""
