"""Documents that are text: Markdown, reStructuredText, HTML, tables, data and source code."""

from __future__ import annotations

NOTES_MD = """---
title: Notes on tea
author: Ada Berg
lang: en
---
# Tea

Green *and* **black**, ~~milk~~, `pot`,
[more](https://example.org/tea "title").

- leaves
  1. first flush

     in spring
  2. second
- water

> Tea is **not** coffee.

| Kind | Minutes |
|------|--------:|
| green | 2 |
| black \\| red | 4 |

```python
steep(minutes=2)
```

![A pot](pot.png "The pot")

<div>raw <b>html</b></div>

***
"""

MANUAL_RST = """======
Manual
======

A paragraph with *italic*, **bold**, ``code``, a `link <https://example.org>`_ and :ref:`role`.

Install
-------

.. code-block:: sh
   :linenos:

   make install

.. note:: Read this.

   And this too.

.. a comment

* one
* two

  1. inner

An example::

    x = 1

    y = 2

Details
~~~~~~~

=====  =====
Name   Value
=====  =====
a      1
b      2
=====  =====

+------+-------+
| Head | More  |
+======+=======+
| long | cell  |
| text |       |
+------+-------+

    Quoted words.

----

The end.
"""

PAGE_HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>About the sea</title>
<meta name="author" content="Ada Berg"><style>p {}</style></head><body>
<nav>Menu</nav><h1>The <em>sea</em></h1><p>Water is
 <b>blue</b>, <i>deep</i> <u>and</u> <s>dry</s>;<br>see <a href="https://example.org">this <b>page</b></a>, <code>x</code>.</p>
<ul><li>fish<ol><li>cod</li><li><p>eel</p><p>long</p></li></ol>after</li><li>crab</li></ul>
<pre><code class="language-js">let x = "&lt;";
</code></pre><blockquote><p>Wide.</p>Deep.</blockquote><hr><img src="sea.png" alt="The sea">
<table><thead><tr><th>Name<th colspan="2">Depth</tr></thead><tbody><tr><td rowspan="2">Shelf<td>10<td>20</tr>
<tr><td>30<td>40|50</tr></tbody></table><script>alert(1)</script>Loose words</body></html>
"""

ROOMS_CSV = 'Room;Size;Note\nKitchen;12;"warm; dry"\n\nBath;6;"two\nlines"\n'

MODULE_PY = "\n\n".join(
    f"def function_{number}():\n" + "\n".join(f"    step_{line} = {line}" for line in range(8)) + "\n"
    for number in range(4)
)

LOG_TXT = "  First paragraph\nof two lines.\r\n\r\n\r\nSecond paragraph.\n \nThird.\n"
