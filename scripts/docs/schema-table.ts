interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
  readonly additionalProperties?: JsonSchema | boolean
}

interface Row {
  readonly path: string
  readonly type: string
  readonly required: boolean
  readonly fallback: unknown
  readonly description: string
}

/** One row for each attribute of a JSON Schema, nested ones by dotted path, arrays by `[]`. */
export function schemaRows(schema: JsonSchema, prefix = ''): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`
    const row: Row = {
      path,
      type: typeText(property),
      required: schema.required?.includes(name) ?? false,
      fallback: property.default,
      description: property.description ?? '',
    }
    const inner = property.items ?? property
    const below = inner.properties
      ? schemaRows(inner, property.items ? `${path}[].` : `${path}.`)
      : []
    return [row, ...below]
  })
}

function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map(typeText).join(' or ')
  if (schema.items) return `list of ${typeText(schema.items)}`
  if (schema.format === 'date-time') return 'instant'
  return String(schema.type ?? 'any')
}

/** A cell of a Markdown table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
