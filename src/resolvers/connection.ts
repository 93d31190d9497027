import type { Page } from '../datasources/store/page.ts';

/** What every connection answers of its page. The total is counted only where somebody asks. */
export function connection<Row>() {
  return {
    nodes: (page: Page<Row>) => page.rows,
    edges: (page: Page<Row>) => page.rows.map((node) => ({ node, cursor: page.cursorOf(node) })),
    pageInfo: ({ rows, cursorOf, hasNextPage, hasPreviousPage }: Page<Row>) => {
      const [first, last] = [rows[0], rows.at(-1)];
      return {
        hasNextPage,
        hasPreviousPage,
        startCursor: first === undefined ? null : cursorOf(first),
        endCursor: last === undefined ? null : cursorOf(last),
      };
    },
    totalCount: (page: Page<Row>) => page.count(),
  };
}
