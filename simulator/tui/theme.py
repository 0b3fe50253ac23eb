"""The two themes: one accent colour on a quiet ground, light and dark."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="mot-dark",
    primary="#e0a458",
    accent="#e0a458",
    secondary="#9db4c0",
    warning="#e0a458",
    error="#e5746a",
    success="#86b88a",
    foreground="#e6e1d8",
    background="#16181b",
    surface="#16181b",
    panel="#22262b",
    dark=True,
    variables={
        "block-cursor-foreground": "#16181b",
        "footer-background": "#16181b",
        "footer-key-foreground": "#e0a458",
    },
)
LIGHT = Theme(
    name="mot-light",
    primary="#8a5311",
    accent="#8a5311",
    secondary="#3d5a68",
    warning="#8a5311",
    error="#a8322a",
    success="#2f6b3a",
    foreground="#26231e",
    background="#fbf9f5",
    surface="#fbf9f5",
    panel="#efeae1",
    dark=False,
    variables={
        "block-cursor-foreground": "#fbf9f5",
        "footer-background": "#fbf9f5",
        "footer-key-foreground": "#8a5311",
    },
)
