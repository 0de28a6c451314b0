import { NodeConfiguration } from '@haidang/haidang/node-configuration'
import { z } from 'zod'
import { cell, schemaRows } from './schema-table.ts'

/** docs/reference/configuration.md */
export function configurationPage(): string {
  const schema = z.toJSONSchema(NodeConfiguration, { io: 'input' })
  const rows = schemaRows(schema as Parameters<typeof schemaRows>[0]).filter(({ path }) =>
    path.includes('.'),
  )
  return [
    '# Configuration',
    '',
    'Generated from `packages/haidang/src/node-configuration.ts` (`npm run docs`). One file, `haidang.yaml` in the working directory or the one',
    'named by `--config`; each key also as environment variable `HAIDANG__SECTION__KEY`, and with `_FILE` as the path of a file that holds the',
    'value (for secrets). An unknown key is an error that suggests the nearest one. A node needs no configuration at all.',
    '',
    '| key | type | default | meaning |',
    '|---|---|---|---|',
    ...rows.map(
      ({ path, type, fallback, description }) =>
        `| \`${path}\` | ${cell(type)} | ${fallback === undefined ? '' : `\`${JSON.stringify(fallback)}\``} | ${cell(description)} |`,
    ),
    '',
  ].join('\n')
}
