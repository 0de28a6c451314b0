import { present } from './draft.ts'
import type { Fields } from './fields.ts'
import type { WindowsAbout, WindowsReader } from './windows-about.ts'
import { account, actorOf, processFrom } from './windows-account.ts'

/** OCSF Group Management (3006): 3 add user, 4 remove user. The member is who gained; the target is the group. */
function member(activity: 3 | 4): WindowsReader {
  const verb = activity === 3 ? 'added to' : 'removed from'
  return (fields) => {
    const group = fields.text('TargetUserName')
    const member = account(fields, 'Member')
    fields.skip('MemberName', 'MemberSid')
    return {
      class: 'group_management',
      activity,
      severity: activity === 3 ? 3 : 2,
      message: `${member?.name ?? member?.uid ?? '?'} ${verb} group ${group ?? '?'}`,
      actor: actorOf(fields),
      user: member,
    }
  }
}

/** OCSF Group Management (3006): 5 delete, 6 create, 99 other. */
function group(activity: number, what: string, severity = 2): WindowsReader {
  return (fields) => ({
    class: 'group_management',
    activity,
    severity,
    message: `${what}: ${fields.text('TargetUserName') ?? '?'}`,
    actor: actorOf(fields),
  })
}

/** 4798, 4799: who reads lists of groups; reconnaissance does, and much else. */
function enumerated(what: string): WindowsReader {
  return (fields) => ({
    ...group(99, what, 1)(fields),
    actor: present({
      user: account(fields, 'Subject'),
      process: processFrom(fields, 'CallerProcessName', 'CallerProcessId'),
    }),
  })
}

function groupsOfSession(fields: Fields): WindowsAbout {
  const user = account(fields, 'Target')
  return {
    class: 'authorize_session',
    activity: 2,
    message: `groups of ${user?.name ?? '?'}`,
    actor: actorOf(fields),
    user,
  }
}

/** 4703: privileges of a process's token were switched. */
function tokenRights(fields: Fields): WindowsAbout {
  const user = account(fields, 'Target')
  return {
    class: 'authorize_session',
    activity: 1,
    message: `token rights of ${user?.name ?? '?'}: ${fields.text('EnabledPrivilegeList') ?? 'none enabled'}`,
    actor: actorOf(fields),
    user,
  }
}

/** OCSF User Access Management (3005): 1 assign, 2 revoke. */
function right(activity: 1 | 2): WindowsReader {
  return (fields) => {
    const uid = fields.first('TargetSid', 'AccountName')
    const list = fields.first('PrivilegeList', 'AccessGranted', 'AccessRemoved')
    return {
      class: 'user_access_management',
      activity,
      severity: 2,
      message: `right ${activity === 1 ? 'given to' : 'taken from'} ${uid ?? '?'}: ${list ?? '?'}`,
      actor: actorOf(fields),
      user: present({ uid }),
    }
  }
}

/** Events of the Security log about groups and rights, by id. */
export const groupDrafts: readonly (readonly [id: number, reader: WindowsReader])[] = [
  [4627, groupsOfSession],
  [4703, tokenRights],
  [4704, right(1)],
  [4705, right(2)],
  [4717, right(1)],
  [4718, right(2)],
  ...[4727, 4731, 4744, 4749, 4754, 4759].map((id) => [id, group(6, 'group created')] as const),
  ...[4728, 4732, 4746, 4751, 4756, 4761].map((id) => [id, member(3)] as const),
  ...[4729, 4733, 4747, 4752, 4757, 4762].map((id) => [id, member(4)] as const),
  ...[4730, 4734, 4748, 4753, 4758, 4763].map((id) => [id, group(5, 'group deleted')] as const),
  ...[4735, 4737, 4745, 4750, 4755, 4760, 4764].map(
    (id) => [id, group(99, 'group changed')] as const,
  ),
  [4798, enumerated('groups of a user read')],
  [4799, enumerated('members of a group read')],
]
