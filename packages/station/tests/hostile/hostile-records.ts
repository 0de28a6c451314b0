/** A record made to annoy, as its bytes would say it. */
export interface HostileRecord {
  readonly what: string
  readonly text: string
}

const million = 1_000_000
const windows = { EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational' }

/** Each of these holds a megabyte in a field that many rules look at, or as many keys, levels or elements as fit. */
export function hostileRecords(literals: readonly string[]): HostileRecord[] {
  const values: Readonly<Record<string, string>> = {
    'one letter': 'a'.repeat(million),
    'letters beyond ASCII': 'đ'.repeat(million / 2),
    'almost what rules look for': filled(literals.map((literal) => literal.slice(0, -1)).join(' ')),
    'what rules look for': filled(literals.join(' ')),
    'what rules look for in capitals': filled(literals.join('\\')).toUpperCase(),
    separators: '\\'.repeat(million),
    'wildcards and escapes': filled('\\*?"\\\\'),
    NUL: `cmd.exe${'\0'.repeat(1_000)}/c`,
    'lone surrogates': `${'\ud83d'.repeat(1_000)}cmd${'\udc00'.repeat(1_000)}`,
    'letters that grow in lower case': 'İ'.repeat(million / 4),
  }
  const large = Object.entries(values).flatMap(([what, value]) => [
    {
      what: `CommandLine: ${what}`,
      text: JSON.stringify({ ...windows, CommandLine: value, Image: value }),
    },
    { what: `ScriptBlockText: ${what}`, text: scriptBlock(value) },
    { what: `message: ${what}`, text: JSON.stringify({ message: value, product: 'linux' }) },
  ])
  return [...large, ...shapes(), ...prototypes(), ...lines(values)]
}

function scriptBlock(value: string): string {
  const channel = 'Microsoft-Windows-PowerShell/Operational'
  return JSON.stringify({ EventID: 4104, Channel: channel, ScriptBlockText: value })
}

function filled(text: string): string {
  return text.repeat(Math.ceil(million / text.length)).slice(0, million)
}

function shapes(): HostileRecord[] {
  const event = JSON.stringify(windows).slice(1, -1)
  const many = (one: (i: number) => string, count: number) =>
    Array.from({ length: count }, (_, i) => one(i)).join()
  const record = (rest: string) => `{${event},${rest}}`
  const fields: Readonly<Record<string, string>> = {
    '10,000 levels of objects': `"a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    '10,000 levels of lists': `"CommandLine":${'['.repeat(10_000)}"cmd"${']'.repeat(10_000)}`,
    '100,000 keys': many((i) => `"key ${i}":"cmd ${i}"`, 100_000),
    '100,000 keys with dots': many((i) => `"a.${i}.b":${i}`, 100_000),
    '100,000 elements': `"CommandLine":[${many((i) => `"cmd /c ${i}"`, 100_000)}]`,
    '100,000 objects': `"data":[${many((i) => `{"x":"cmd ${i}"}`, 100_000)}]`,
    '100,000 times the same key': many((i) => `"CommandLine":"cmd ${i}"`, 100_000),
    'numbers beyond all bounds': `"CommandLine":1e400,"ProcessId":-1e400,"Image":1e-400,"a":[1e400]`,
    '100,000 numbers': `"CommandLine":[${many((i) => `${i}.5e300`, 100_000)}]`,
  }
  return Object.entries(fields).flatMap(([what, rest]) => [
    { what, text: record(rest) },
    { what: `${what}, of no product`, text: `{"product":"linux",${rest}}` },
  ])
}

function prototypes(): HostileRecord[] {
  const inner = '{"polluted":true,"Image":"cmd.exe","toString":1,"length":-1}'
  return [
    `{"__proto__":${inner},"EventID":1,"constructor":{"prototype":${inner}}}`,
    `{"EventID":1,"Channel":"x","Event":{"__proto__":${inner},"System":{"__proto__":{"EventID":1}}}}`,
    `{"winlog":{"event_id":1,"event_data":{"__proto__":${inner},"hasOwnProperty":1}},"toString":null}`,
    `{"ts":1,"uid":"a","id.orig_h":"10.0.0.1","__proto__":${inner},"_path":"__proto__"}`,
    `{"event_type":"__proto__","timestamp":"x","flow_id":1,"__proto__":${inner}}`,
    `{"product":"constructor","service":"__proto__","category":"toString","valueOf":${inner}}`,
  ].map((text) => ({ what: 'names of the prototype', text }))
}

const onLines = ['one letter', 'what rules look for', 'NUL', 'lone surrogates']

/** Some of the same as lines of syslog. */
function lines(values: Readonly<Record<string, string>>): HostileRecord[] {
  return onLines.flatMap((what) => [
    { what: `sshd: ${what}`, text: `<38>Jan  5 09:12:44 web-01 sshd[1]: ${values[what]}` },
    { what: `line: ${what}`, text: values[what] ?? '' },
  ])
}
