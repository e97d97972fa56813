//! Pages of lists: a place is remembered by the item beside it, so that a page neither repeats nor skips an item
//! when others come or go.

use super::{
    StoreError,
    session::{Query, Row, sql},
};

/// A place in a list, between two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Before the first item.
    Start,
    /// Behind the item with this internal number, as the list is ordered.
    After(i64),
    /// Before the item with this internal number, as the list is ordered.
    Before(i64),
}

/// A page that was loaded, and where its neighbours are.
#[derive(Debug)]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Where the page before this one ends, if there is one.
    pub previous: Option<Position>,
    /// Where the page behind this one begins, if there is one.
    pub next: Option<Position>,
}

impl<T> Page<T> {
    /// The only page of a list with nothing in it.
    pub fn empty() -> Self {
        Self {
            items: Vec::new(),
            previous: None,
            next: None,
        }
    }
}

/// A statement that selects a window of a list, given as far as the `ORDER BY` of its numbers, by rising and by falling
/// number. `$1` and `$2` are the numbers between which the window lies, `$3` is how many rows it has.
macro_rules! by_number {
    ($($part:expr),+ $(,)?) => {
        (
            concat!($($part,)+ " LIMIT $3"),
            concat!($($part,)+ " DESC LIMIT $3"),
        )
    };
}
pub(super) use by_number;

/// Which rows make a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// One more than the page holds: the extra row tells whether there are more.
    limit: i64,
    above: i64,
    below: i64,
    falling: bool,
    position: Position,
    size: usize,
}

impl Window {
    /// The window for `size` items at `position` of a list ordered by age.
    pub(super) fn new(position: Position, size: u32, newest_first: bool) -> Self {
        let (above, below) = match (position, newest_first) {
            (Position::Start, _) => (i64::MIN, i64::MAX),
            (Position::After(id), false) | (Position::Before(id), true) => (id, i64::MAX),
            (Position::After(id), true) | (Position::Before(id), false) => (i64::MIN, id),
        };
        let backwards = matches!(position, Position::Before(_));
        let falling = newest_first != backwards;
        Self {
            limit: i64::from(size) + 1,
            above,
            below,
            falling,
            position,
            size: size as usize,
        }
    }

    /// One of two statements that differ in nothing but the order in which they go through the numbers. The first
    /// three parameters of both, the numbers between which the page lies and the limit, are bound here.
    pub(super) fn select(&self, (rising, falling): (&'static str, &'static str)) -> Query {
        sql(if self.falling { falling } else { rising })
            .bind(self.above)
            .bind(self.below)
            .bind(self.limit)
    }

    /// Makes the page out of the rows that were selected, [`Window::limit`] of them at most.
    pub(super) fn page<T>(
        &self,
        rows: &[Row],
        from_row: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Page<T>, StoreError> {
        let more = rows.len() > self.size;
        let mut rows: Vec<_> = rows.iter().take(self.size).collect();
        let backwards = matches!(self.position, Position::Before(_));
        if backwards {
            rows.reverse();
        }
        let id = |row: &&Row| row.get::<i64>("id");
        let first = rows.first().map(id).transpose()?.map(Position::Before);
        let last = rows.last().map(id).transpose()?.map(Position::After);
        let (previous, next) = match self.position {
            Position::Start => (None, last.filter(|_| more)),
            Position::After(_) => (first, last.filter(|_| more)),
            Position::Before(_) => (first.filter(|_| more), last),
        };
        let items = rows.into_iter().map(from_row).collect::<Result<_, _>>()?;
        Ok(Page {
            items,
            previous,
            next,
        })
    }
}
