import { instantOf } from '@haidang/contracts/instant'

export interface WindowsProcess {
  readonly time: number
  readonly computer: string
  readonly user: string
  readonly image: string
  readonly commandLine: string
  readonly parent?: string
  readonly pid: number
}

/** Sysmon event 1 (process creation) as NXLog sends it. */
export function windowsProcess(process: WindowsProcess): string {
  const { time, computer, user, image, commandLine, pid } = process
  const { parent = 'C:\\Windows\\explorer.exe' } = process
  return JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Computer: computer,
    UtcTime: instantOf(time).replace('T', ' ').replace('Z', ''),
    ProcessId: pid,
    Image: image,
    CommandLine: commandLine,
    OriginalFileName: image.slice(image.lastIndexOf('\\') + 1),
    ParentImage: parent,
    ParentCommandLine: parent,
    User: user,
    IntegrityLevel: 'Medium',
    simulated: true,
  })
}

/** Security event 4624 (logon), interactive at the machine. */
export function windowsLogon(time: number, computer: string, user: string, from: string): string {
  return JSON.stringify({
    EventID: 4624,
    Channel: 'Security',
    Provider_Name: 'Microsoft-Windows-Security-Auditing',
    Computer: computer,
    TimeCreated: instantOf(time),
    TargetUserName: user,
    LogonType: 3,
    IpAddress: from,
    AuthenticationPackageName: 'Kerberos',
    simulated: true,
  })
}
