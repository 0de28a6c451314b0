import type { Organisation } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { PencilLine } from 'lucide-react'
import { useEffect, useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ObjectHead } from '../../components/object-head.tsx'
import { gutter, Page } from '../../components/page.tsx'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { useWords } from '../../language/use-words.ts'
import { organisationParts } from '../../search.ts'
import { remember } from '../../shell/recent.ts'
import { OrganisationContacts } from './organisation-contacts.tsx'
import { OrganisationDialog } from './organisation-dialog.tsx'
import { OrganisationExperts } from './organisation-experts.tsx'
import { OrganisationMembership } from './organisation-membership.tsx'
import { OrganisationOverview } from './organisation-overview.tsx'
import { OrganisationTies } from './organisation-ties.tsx'
import { MembershipMark } from './organisation-words.tsx'
import { ProposeButton } from './propose-button.tsx'

const route = getRouteApi('/shell/organisations/$id')
const bodies = {
  overview: OrganisationOverview,
  contacts: OrganisationContacts,
  experts: OrganisationExperts,
  ties: OrganisationTies,
  membership: OrganisationMembership,
} as const satisfies Record<(typeof organisationParts)[number], unknown>

/** One organisation: what it is, whom to reach, whom it is under. */
export function OrganisationPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['organisations', 'one', id],
    queryFn: ({ signal }) => api.organisations.get({ params: { id } }, signal),
  })
  return (
    <Page title={query.data?.name ?? t`Tổ chức`}>
      <Asked query={query}>{(organisation) => <Body organisation={organisation} />}</Asked>
    </Page>
  )
}

function Body({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const may = useMay()
  const [edited, setEdited] = useState(false)
  const { part = 'overview' } = route.useSearch()
  const Part = bodies[part]
  const { id, name } = organisation
  useEffect(() => remember({ path: `/organisations/${id}`, title: name, draft: false }), [id, name])
  const names = {
    overview: t`Tổng quan`,
    contacts: t`Đầu mối liên hệ`,
    experts: t`Chuyên gia`,
    ties: t`Trực thuộc, vai trò`,
    membership: t`Thành viên mạng lưới`,
  }
  const parts = organisationParts.filter((each) => each !== 'experts' || may('expert.read'))
  return (
    <>
      <ObjectHead
        line={
          <>
            <code className="text-ink-2">{organisation.code}</code>
            <span className="text-ink-2">{label('organisationKind', organisation.kind)}</span>
            <MembershipMark state={organisation.membership} />
            {organisation.home ? <Pill>{t`chủ nút`}</Pill> : null}
            {organisation.simulated ? <SimulatedRow /> : null}
          </>
        }
        title={name}
        acts={
          <>
            <Button refusal={refusal('organisation.manage')} onClick={() => setEdited(true)}>
              <PencilLine aria-hidden="true" className="size-4" />
              {t`Sửa`}
            </Button>
            <ProposeButton organisation={organisation} />
          </>
        }
      />
      <Tabs label={t`Phần của trang`}>
        {parts.map((each) => (
          <Tab
            key={each}
            to="/organisations/$id"
            params={{ id }}
            search={each === 'overview' ? {} : { part: each }}
            active={part === each}
          >
            {names[each]}
          </Tab>
        ))}
      </Tabs>
      <div className={`py-5 pb-24 md:pb-10 ${gutter}`}>
        <Part organisation={organisation} />
      </div>
      {edited ? (
        <OrganisationDialog organisation={organisation} onClose={() => setEdited(false)} />
      ) : null}
    </>
  )
}
