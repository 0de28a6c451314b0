import { demoPlan } from '@haidang/haidang/demo/demo-plan'
import { setUpNode } from '@haidang/haidang/demo/seed'
import { signedIn } from '@haidang/testbed/signed-in'
import type { Demonstration } from './demonstration.ts'
import type { Who } from './visits.ts'

/** Where somebody stands, and the cookie they hold there. */
export interface Standing {
  readonly url: string
  readonly cookie?: string
}

type Somebody = Exclude<Who, 'administrator of a fresh node'>

/** Everybody but the administrator of the fresh node, who comes to be when it is set up. */
export async function peopleOf(demo: Demonstration): Promise<Record<Somebody, Standing>> {
  const at = async (node: 'centre' | 'ministry', role: string): Promise<Standing> => {
    const { cookie } = await demo.signIn(node, role)
    return { url: demo.urlOf(node), cookie }
  }
  return {
    nobody: { url: demo.urlOf('centre') },
    'stranger to a fresh node': { url: demo.fresh.url },
    coordinator: await at('centre', 'coordinator'),
    administrator: await at('centre', 'administrator'),
    leader: await at('centre', 'leader'),
    'focal point of the ministry': await at('ministry', 'focal-point'),
    'administrator of the ministry': await at('ministry', 'administrator'),
  }
}

/** Sets the fresh node up and signs its administrator in. */
export async function setUpFresh({ fresh }: Demonstration): Promise<Standing> {
  const plan = demoPlan[0]
  if (!plan) throw new Error('the demonstration has no nodes')
  const password = 'mat-khau-cua-nut-moi'
  await setUpNode({ ...plan, people: [] }, fresh, password)
  const { cookie } = await signedIn(fresh.url, plan.administrator.email, password)
  return { url: fresh.url, cookie }
}
