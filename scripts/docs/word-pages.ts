import { permissions } from '@haidang/contracts/permission'
import { problems } from '@haidang/contracts/problems'

/** docs/reference/problems.md */
export function problemsPage(): string {
  return [
    '# Problems',
    '',
    'Generated from `packages/contracts/src/problems.ts` (`npm run docs`). Every refusal is `application/problem+json` (RFC 9457) with `code`,',
    '`title` (in the reader’s language), `detail`, `errors` (field, cause, remedy) and an `id` that is also in the log.',
    '',
    '| code | status | tiếng Việt | English |',
    '|---|---|---|---|',
    ...Object.entries(problems).map(
      ([code, { status, vi, en }]) => `| \`${code}\` | ${status} | ${vi} | ${en} |`,
    ),
    '',
  ].join('\n')
}

/** docs/reference/permissions.md */
export function permissionsPage(): string {
  return [
    '# Permissions',
    '',
    'Generated from `packages/contracts/src/permission.ts` (`npm run docs`). A role is a set of these, with a scope (the whole node or its own',
    'organisation) and a clearance (the highest TLP it may see). Roles are rows: an administrator can change them.',
    '',
    '| permission | allows |',
    '|---|---|',
    ...Object.entries(permissions).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`),
    '',
  ].join('\n')
}
