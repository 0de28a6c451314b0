/** The text a new rule starts from. */
export function startingText(id: string): string {
  return `title:
id: ${id}
status: experimental
description:
author:
tags:
  - attack.execution
logsource:
  product: windows
  category: process_creation
detection:
  selection:
    Image|endswith:
  condition: selection
falsepositives:
  -
level: medium
`
}

/** A file name for a rule, from its title: `dang-nhap-la.yml`. */
export function pathOf(text: string): string {
  const title = /^title:[ \t]*(.+)$/m.exec(text)?.[1] ?? ''
  const name = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)
  return `${name || 'rule'}.yml`
}
