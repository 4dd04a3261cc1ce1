"""The HTTP surface: routes, pages, error shape, security headers."""
