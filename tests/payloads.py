"""Two hundred things that people put where only words belong: markup, addresses, terminal sequences, templates."""

from __future__ import annotations

_BASES = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>go</a>",
    "<style>body{background:url(//evil.example)}</style>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=q autofocus onfocus=alert(1)>",
    "<object data=//evil.example></object>",
    "<details open ontoggle=alert(1)>x</details>",
    "<math><mtext></table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='//evil.example'?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "{{ 7 * 7 }}{{ config }}",
    "{% include '/etc/passwd' %}{# x #}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "[go](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "[x]: https://evil.example 'title'",
    "<https://evil.example>",
    "https://evil.example/a?b=c&d=e",
    "www.evil.example.com and mailto:a@evil.example",
    "**bold** _low_ ~~gone~~ `code` ***",
    "# Heading\n## Another",
    "- item\n1. item\n+ item\n> quote",
    "| a | b |\n|---|---|\n| c | d |",
    "---\n***\n===\nx\n---",
    "```html\n<script>alert(1)</script>\n```",
    "\x1b]0;title\x07\x1b[31mred\x1b[0m\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "\u202egnp.exe\u202c\u2066x\u2069",
    "\x9b31m\x00\x08\x7f\u0085\u2028\ufeff",
    "[bold]x[/bold] [link=https://evil.example]y[/link]",
    '=HYPERLINK("https://evil.example","x")',
)  # fmt: skip
_ROUND = ("{}", '"><b>{}', "'\" autofocus onfocus=alert(1) x='{}", "</style></title></q></svg>{}", "\\{}\\")

PAYLOADS = tuple(around.replace("{}", base) for around in _ROUND for base in _BASES)
"""All of them."""
