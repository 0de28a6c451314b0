import type { Regulation } from '@haidang/contracts/regulation'
import type { RegulationDetail } from '@haidang/contracts/regulation-api'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Refusal } from '../../api/send.ts'
import { Asked } from '../../components/asked.tsx'
import { gutter, Page, PageHead } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { useKeptDraft } from './kept-draft.ts'
import { ProfileEditor } from './profile-editor.tsx'
import { ProfileFile } from './profile-file.tsx'
import { ProfileHistory } from './profile-history.tsx'
import { useValidity } from './use-validity.ts'

const route = getRouteApi('/shell/settings/regulations/$profile')

/** One profile: what it says, the draft of its next version, and its history. */
export function ProfilePage() {
  const { t } = useLingui()
  const { profile } = route.useParams()
  const draft = useKeptDraft(profile)
  const query = useQuery({
    queryKey: ['regulations', profile],
    queryFn: async ({ signal }) => {
      try {
        return await api.regulations.get({ params: { profile }, query: {} }, signal)
      } catch (error) {
        // A profile that was imported and not put into force yet is nowhere but in its draft.
        if (draft && error instanceof Refusal && error.status === 404) return unwritten(draft)
        throw error
      }
    },
  })
  return (
    <Page title={t`Hồ sơ quy định ${profile}`}>
      <Asked query={query}>
        {(current) => <Profile key={current.version.version} current={current} draft={draft} />}
      </Asked>
    </Page>
  )
}

interface ProfileProps {
  readonly current: RegulationDetail
  readonly draft: Regulation | undefined
}

function Profile({ current, draft }: ProfileProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const shown = draft ?? current.regulation
  const validity = useValidity()
  const { profile, provisional } = shown
  return (
    <>
      <PageHead
        title={shown.name[language]}
        about={
          <>
            <Link
              to="/admin"
              search={{ tab: 'settings' }}
              className="text-accent underline underline-offset-2"
            >
              {t`Thiết lập`}
            </Link>
            {' / '}
            <span className="font-mono">{profile}</span> · {validity(shown)}
            {provisional ? (
              <span className="block text-medium">{provisional[language]}</span>
            ) : null}
          </>
        }
        acts={<ProfileFile regulation={shown} />}
      />
      <div className={cn('grid gap-8 pb-8 xl:grid-cols-[minmax(0,1fr)_340px]', gutter)}>
        <ProfileEditor current={current} draft={draft} />
        {current.newest < 0 ? null : <ProfileHistory profile={profile} />}
      </div>
    </>
  )
}

function unwritten(regulation: Regulation): RegulationDetail {
  const { profile, valid_from } = regulation
  const version = {
    profile,
    version: 0,
    effective_from: valid_from,
    reason: '',
    actor_name: '',
    created_at: null,
  }
  return { version, newest: -1, regulation }
}
