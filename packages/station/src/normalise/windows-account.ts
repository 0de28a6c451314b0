import { baseName, present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout } from './windows-about.ts'

/** The identifier Windows writes where there is nobody. */
const nobodySid = 'S-1-0-0'

/** Account fields of Security events come in threes: `SubjectUserName`, `SubjectUserSid`, `SubjectDomainName`. */
export function account(fields: Fields, role: 'Subject' | 'Target' | 'Member') {
  const uid = fields.text(`${role}UserSid`) ?? fields.text(`${role}Sid`)
  return present({
    name: fields.text(`${role}UserName`) ?? fields.text(`${role}Name`),
    uid: uid === nobodySid ? undefined : uid,
    domain: fields.text(`${role}DomainName`),
  })
}

/** Who did it, and with what. */
export function actorOf(fields: Fields, process?: NonNullable<WindowsAbout['process']>) {
  return present({ user: account(fields, 'Subject'), process })
}

/** A process by the names of the fields that hold its path and number. */
export function processFrom(fields: Fields, path: string, pid: string) {
  const image = fields.text(path)
  return present({
    name: baseName(image),
    pid: fields.number(pid),
    file: image ? { path: image, name: baseName(image) } : undefined,
  })
}
