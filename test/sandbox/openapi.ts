export interface Operation {
  label: string | null;
  /** Classic and granular together. */
  scopes: string[];
  /** Good ones. */
  statuses: number[];
}

/** What an answer says that its description does not. */
export interface Problem {
  /** Where, `users[].type`. */
  path: string;
  /** The last part of it. */
  field: string;
  message: string;
}

/** A schema with its document, for following references. */
export interface Schema {
  document: any;
  schema: any;
}

/** Reads OpenAPI 3 and Swagger 2 documents; for a call, the first that knows it speaks. */
export function readDocuments(documents: any[]) {
  const find = (method: string, path: string) =>
    documents.flatMap((document) => {
      // Templates may name their parameters otherwise.
      const key = Object.keys(document.paths).find(
        (one) => shape(one) === shape(path) && document.paths[one][method.toLowerCase()],
      );
      return key ? [{ document, operation: document.paths[key][method.toLowerCase()] }] : [];
    });
  return {
    operation(method: string, path: string): Operation | null {
      const found = find(method, path)[0];
      if (!found) return null;
      const { operation } = found;
      const text: string = operation.description ?? '';
      return {
        label: /Rate Limit Label\]\([^)]*\):\**\s*`(\w+)`/i.exec(text)?.[1]?.toUpperCase() ?? null,
        scopes: [
          ...new Set([
            ...(operation.security ?? []).flatMap((one: any) => Object.values(one).flat()),
            ...(text.match(/`[a-z_]+:[a-z_:]+`/g) ?? []).map((one) => one.slice(1, -1)),
          ]),
        ] as string[],
        statuses: Object.keys(operation.responses)
          .map(Number)
          .filter((status) => status < 300),
      };
    },
    /** The schemas of good answers, one of each document that has one. */
    responses(method: string, path: string): Schema[] {
      return find(method, path).flatMap(({ document, operation }) =>
        Object.entries<any>(operation.responses)
          .filter(([status]) => Number(status) < 300)
          .flatMap(([, response]) => {
            const resolved = follow(document, response);
            const schema = resolved.content?.['application/json']?.schema ?? resolved.schema;
            return schema ? [{ document, schema }] : [];
          }),
      );
    },
  };
}

const shape = (path: string) => path.replace(/\{[^}]*\}/g, '{}');

function follow(document: any, node: any): any {
  let at = node;
  while (at?.$ref)
    at = at.$ref
      .slice(2)
      .split('/')
      .reduce((inner: any, key: string) => inner[key.replace(/~1/g, '/').replace(/~0/g, '~')], document);
  return at;
}

/** One schema out of many: all properties of `allOf` and of every alternative. */
function merged(document: any, node: any): any {
  const schema = follow(document, node);
  const parts = [...(schema?.allOf ?? []), ...(schema?.oneOf ?? []), ...(schema?.anyOf ?? [])].map((part: any) =>
    merged(document, part),
  );
  if (parts.length === 0) return schema;
  const whole: any = {
    type: schema.type ?? parts.find((part) => part?.type)?.type,
    properties: { ...schema.properties },
    required: [...(schema.required ?? [])],
  };
  for (const part of parts) {
    Object.assign(whole.properties, part?.properties);
    if (part?.items) whole.items = part.items;
  }
  for (const part of (schema.allOf ?? []).map((one: any) => merged(document, one)))
    whole.required.push(...(part?.required ?? []));
  return whole;
}

/** Everything wrong with a value: unknown and missing fields, other types, values that are not listed. */
export function problemsOf({ document, schema }: Schema, value: unknown, path = ''): Problem[] {
  const wanted = merged(document, schema);
  const here = (message: string): Problem[] => [
    { path, field: path.replace(/\[\]$/, '').split('.').at(-1)!, message: `${path}: ${message}` },
  ];
  if (!wanted) return [];
  if (Array.isArray(value)) {
    if (wanted.type && wanted.type !== 'array') return here(`an array, not ${wanted.type}`);
    return value.flatMap((item) => problemsOf({ document, schema: wanted.items }, item, `${path}[]`));
  }
  if (value !== null && typeof value === 'object') {
    if (wanted.type && wanted.type !== 'object') return here(`an object, not ${wanted.type}`);
    const properties = wanted.properties ?? {};
    const problems = (wanted.required ?? [])
      .filter((name: string) => !(name in value))
      .map((name: string) => ({
        path: `${path}.${name}`,
        field: name,
        message: `${path}.${name}: required, and missing`,
      }));
    for (const [name, inner] of Object.entries(value)) {
      if (!(name in properties))
        problems.push({ path: `${path}.${name}`, field: name, message: `${path}.${name}: not a field of Zoom` });
      else problems.push(...problemsOf({ document, schema: properties[name] }, inner, `${path}.${name}`));
    }
    return problems;
  }
  const type = typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
  const fits = wanted.type === type || (wanted.type === 'number' && type === 'integer');
  if (wanted.type && !fits) return here(`${type} ${String(value)}, not ${wanted.type}`);
  if (wanted.enum && !wanted.enum.includes(value)) return here(`${String(value)} is none of ${wanted.enum.join(', ')}`);
  return [];
}
