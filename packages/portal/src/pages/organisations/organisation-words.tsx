import type { ContactState } from '@haidang/contracts/contact-point'
import type { MembershipState } from '@haidang/contracts/membership-state'
import type { ContactStanding } from '@haidang/contracts/organisation'
import { Pill, type Tone } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'

/** What lists of organisations can be narrowed by. */
export const organisationFields = [
  'name',
  'code',
  'kind',
  'sector',
  'unit',
  'membership',
  'contacts',
  'parent',
  'mandate',
  'home',
  'simulated',
  'created_at',
  'text',
]

const memberTones: Record<MembershipState, Tone> = {
  none: 'neutral',
  applied: 'low',
  reviewed: 'low',
  signed: 'accent',
  active: 'good',
  suspended: 'high',
  left: 'neutral',
}

export function MembershipMark({ state }: { state: MembershipState }) {
  const { label } = useWords()
  if (state === 'none') return <span className="text-ink-3">{label('membershipState', state)}</span>
  return <Pill tone={memberTones[state]}>{label('membershipState', state)}</Pill>
}

const standingTones: Record<ContactStanding, Tone> = {
  none: 'high',
  unverified: 'medium',
  overdue: 'high',
  verified: 'good',
}

/** How well one can rely on the contact points of an organisation. */
export function StandingMark({ standing }: { standing: ContactStanding }) {
  const { label } = useWords()
  return <Pill tone={standingTones[standing]}>{label('contactStanding', standing)}</Pill>
}

export function ContactMark({ state }: { state: ContactState }) {
  const { label } = useWords()
  return <Pill tone={standingTones[state]}>{label('contactState', state)}</Pill>
}
