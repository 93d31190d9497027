import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { GREETING } from '#src/http/explorer.ts';
import { buildSubgraph } from '#src/schema.ts';

describe('the explorer', () => {
  it('greets with queries that this schema answers', () => {
    const document = parse(GREETING);
    expect(validate(buildSubgraph().schema, document)).toEqual([]);
    expect(document.definitions.length).toBeGreaterThan(3);
  });
});
