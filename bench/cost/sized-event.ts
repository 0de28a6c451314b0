const words = 'A new process has been created. Token elevation type 1936, mandatory label medium; '

/**
 * A process creation of a Windows computer as a line of JSON of exactly `bytes` bytes, at least 200. What fits of its
 * usual fields is there, the rest of the length is its rendered message: so grow the events of real computers.
 */
export function sizedEvent(bytes: number, n: number): string {
  const event: Record<string, string | number> = {
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: `ws-${n % 50}`,
    Image: `C:\\Program Files\\App ${n % 300}\\app.exe`,
  }
  const further = {
    CommandLine: `app.exe --type=renderer --channel=${n}`,
    User: `BO\\user-${n % 40}`,
    ParentImage: 'C:\\Windows\\explorer.exe',
    ProcessId: 1_000 + (n % 30_000),
    ParentProcessId: 900,
    CurrentDirectory: 'C:\\Windows\\system32\\',
    IntegrityLevel: 'Medium',
    ProcessGuid: `{d1b2c3a4-0000-0000-0000-${String(n % 1e12).padStart(12, '0')}}`,
    LogonId: '0x3e7a1',
    Company: 'Nha xuat ban mau',
    Product: `App ${n % 300}`,
    FileVersion: '14.2.0.1',
  }
  event['Message'] = ''
  for (const [name, value] of Object.entries(further)) {
    const longer = { ...event, [name]: value }
    if (Buffer.byteLength(JSON.stringify(longer)) <= bytes) Object.assign(event, longer)
  }
  const missing = bytes - Buffer.byteLength(JSON.stringify(event))
  event['Message'] = words.repeat(Math.ceil(missing / words.length)).slice(0, missing)
  return JSON.stringify(event)
}
