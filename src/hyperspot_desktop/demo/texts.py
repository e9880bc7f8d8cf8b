"""What the demo says: one answer with everything a page must draw, and one that tries to break out."""

from __future__ import annotations

QUESTION = (
    "What notice do we have to give to terminate the master services agreement, and what happens to prepaid fees?"
)

ANSWER = """Either party may terminate for convenience with **60 days' written notice**. For a material breach, the \
notice period is **30 days** if the breach is not cured.

Prepaid fees are handled differently in the two cases:

| Case | Refund | Source |
|---|---|---|
| Convenience | Pro-rata, within 45 days | § 11.4 |
| Our breach | None | § 11.5 |

```python
from datetime import date, timedelta

notice = date(2026, 11, 21) + timedelta(days=60)
# earliest termination: 2027-01-20
```

Before you send the notice:

1. Check that the notice address is current
2. Send it *by registered mail*, and keep the receipt
   - a copy by e-mail is fine, but does not count
   - the period starts when it **arrives**

> Notices are deemed received on the third business day after posting.
"""

CITED_ANSWER = """Either party may terminate for convenience with **60 days' written notice** [1]. For a material \
breach, the notice period is **30 days** if the breach is not cured [2].

Prepaid fees are handled differently in the two cases:

| Case | Refund | Source |
|---|---|---|
| Convenience | Pro-rata, within 45 days | § 11.4 [3] |
| Hand-over services | After 90 days' notice | Amendment 2 [4] |

```python
from datetime import date, timedelta
notice = date(2026, 11, 21) + timedelta(days=60)
# earliest termination: 2027-01-20, by registered mail
```
"""

NOTHING_FOUND = "Nothing in Contracts answers this. Try other words, or add the documents that could."

SHORT_ANSWER = """A window function looks at rows *around* the current one without collapsing them:

```sql
SELECT day, amount,
       SUM(amount) OVER (ORDER BY day ROWS 6 PRECEDING) AS week
FROM   sales;
```

`GROUP BY` gives one row per group; `OVER` keeps every row.
"""

EVERYTHING = """# A heading

## A second one

Text with **bold**, *italic*, ~~struck~~, `inline code`, a [link](https://example.org/path?q=1) and https://example.org.

- [x] a task that is done
- [ ] one that is not
  - nested
    - deeper

7. seven
8. eight

> A quotation
>
> > inside another one

Euler: $e^{i\\pi} + 1 = 0$, and as a block:

$$
\\int_0^1 x^2\\,dx = \\frac{1}{3}
$$

---

| Left | Centre | Right |
|:-----|:------:|------:|
| a | b | 1 |
| `code` | **bold** | 22,000 |

```rust
fn main() {
    let greeting = "hello"; // a comment
    println!("{greeting}, {}", 42);
}
```
"""

HOSTILE = """![remote](http://tracker.invalid/pixel.png) ![share](file://host.invalid/share/x.png) ![ref][evil]

![entity](&#104;ttp://tracker.invalid/e.png) ![data](data:image/png;base64,AAAA)

<img src="http://tracker.invalid/raw.png">

[script](javascript:alert(1)) [entity](&#106;avascript:alert(1)) [file](file:///etc/passwd)

[share](\\\\\\\\host\\\\share)

<script>fetch("http://tracker.invalid")</script> <a href="file:///etc/passwd">raw link</a>

<iframe src="http://tracker.invalid/frame"></iframe>

<style>body { background: url(http://tracker.invalid/bg.png) }</style>

| ![cell](http://tracker.invalid/cell.png) | <img src="file:///etc/hostname"> |
|---|---|
| ![ref][evil] | [link](https://example.org) |

```html
<img src="http://tracker.invalid/code.png">
```

$$ <img src="http://tracker.invalid/math.png"> $$

[evil]: http://tracker.invalid/reference.png "title"
"""
