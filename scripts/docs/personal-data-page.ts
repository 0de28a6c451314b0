import { personalDataRegister } from '@haidang/contracts/personal-data'

/** docs/reference/personal-data.md */
export function personalDataPage(): string {
  return [
    '# Register of processing of personal data · Sổ đăng ký xử lý dữ liệu cá nhân',
    '',
    'Generated from `packages/contracts/src/personal-data.ts` (`npm run docs`); a test compares it with the tables of the database. The operator completes it',
    'with names and clauses of its own before it hands it out (Law 91/2025/QH15).',
    '',
    ...personalDataRegister.flatMap(
      ({ id, data, subjects, purpose, basis, readers, kept, columns }) => [
        `## ${id}`,
        '',
        '| | tiếng Việt | English |',
        '|---|---|---|',
        ...Object.entries({ data, subjects, purpose, basis, readers, kept }).map(
          ([field, { vi, en }]) => `| ${names[field] ?? field} | ${vi} | ${en} |`,
        ),
        '',
        `Where · Ở đâu: ${columns.map((column) => `\`${column}\``).join(', ')}`,
        '',
      ],
    ),
  ].join('\n')
}

const names: Readonly<Record<string, string>> = {
  data: 'dữ liệu · data',
  subjects: 'của ai · of whom',
  purpose: 'mục đích · purpose',
  basis: 'căn cứ · ground',
  readers: 'ai xem được · who sees it',
  kept: 'thời hạn · kept',
}
