import type { LogSource, OfferedService, Software } from '@haidang/contracts/system'

// Lists of a system as people type them: one thing a line, its parts between bars.

/** `name | version | cpe or purl`. */
export const softwareLines = {
  print: ({ name, version, identifier }: Software) => joined(name, version, identifier),
  read: (line: string): Software => {
    const [name = '', version = '', identifier = ''] = partsOf(line)
    return { name, version, identifier }
  },
}

/** `name | tcp/443 | public`: what is not said to be public is not. */
export const serviceLines = {
  print: ({ name, protocol, port, public: open }: OfferedService) =>
    joined(name, `${protocol}/${port}`, open ? 'public' : ''),
  read: (line: string): OfferedService => {
    const [name = '', at = '', open = ''] = partsOf(line)
    const [protocol = '', port = ''] = at.toLowerCase().split('/')
    return {
      name,
      protocol: protocol as OfferedService['protocol'],
      port: port === '' ? Number.NaN : Number(port),
      public: open === 'public',
    }
  },
}

/** `name | kind | days kept | shared`. */
export const logLines = {
  print: ({ name, kind, retention_days, shared }: LogSource) =>
    joined(name, kind, String(retention_days ?? ''), shared ? 'shared' : ''),
  read: (line: string): LogSource => {
    const [name = '', kind = '', days = '', shared = ''] = partsOf(line)
    const retention = days === '' ? {} : { retention_days: Number(days) }
    return { name, kind, ...retention, shared: shared === 'shared' }
  },
}

function partsOf(line: string): string[] {
  return line.split('|').map((part) => part.trim())
}

function joined(...parts: readonly string[]): string {
  return parts.join(' | ').replace(/(?: \| *)+$/, '')
}
