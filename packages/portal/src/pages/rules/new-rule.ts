/** A random id (UUID version 4); `crypto.randomUUID` is missing where the portal is read without TLS. */
export function newSigmaId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes]
    .map((byte, at) => versioned(byte, at).toString(16).padStart(2, '0'))
    .join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function versioned(byte: number, at: number): number {
  if (at === 6) return (byte & 0x0f) | 0x40
  return at === 8 ? (byte & 0x3f) | 0x80 : byte
}

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
