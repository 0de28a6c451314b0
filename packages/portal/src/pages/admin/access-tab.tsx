import { foldVietnamese } from '@haidang/contracts/fold'
import { millisecondsOf } from '@haidang/contracts/instant'
import { Permission } from '@haidang/contracts/permission'
import type { ApiKey, Person, Role } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { gutter } from '../../components/page.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Empty, LoadingRows } from '../../components/states.tsx'
import { useNow } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { accessCsv, type Holder } from './access-answer.ts'
import { AccessDialog } from './access-dialog.tsx'
import { AccessReason } from './access-reason.tsx'

/** More than a node has; who has more narrows by the API. */
const mostPages = 25

interface Known {
  readonly people: readonly Person[]
  readonly keys: readonly ApiKey[]
  readonly roles: readonly Role[]
}

async function readAll(withKeys: boolean, signal: AbortSignal): Promise<Known> {
  const { items: roles } = await api.people.roles({ query: { limit: 100 } }, signal)
  const people = await readPages((cursor) =>
    api.people.list({ query: { limit: 200, cursor } }, signal),
  )
  const keys = withKeys
    ? await readPages((cursor) => api.keys.list({ query: { limit: 200, cursor } }, signal))
    : []
  return { people, keys: keys.filter(({ revoked_at }) => revoked_at === null), roles }
}

async function readPages<T>(
  read: (cursor: string | undefined) => Promise<{ items: readonly T[]; next: string | null }>,
): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { items, next } = await read(cursor)
    all.push(...items)
    if (next === null) break
    cursor = next
  }
  return all
}

/** Who may do what on this node, and why: by act, and by person. */
export function AccessTab() {
  const withKeys = useMay()('key.manage')
  const query = useQuery({
    queryKey: ['people', 'access', withKeys],
    queryFn: ({ signal }) => readAll(withKeys, signal),
  })
  return (
    <Asked
      query={query}
      loading={
        <div className={gutter}>
          <LoadingRows />
        </div>
      }
    >
      {(known) => <Sheet {...known} />}
    </Asked>
  )
}

function Sheet({ people, keys, roles }: Known) {
  const { t } = useLingui()
  const holders = useHolders(people, keys)
  const { label } = useWords()
  const [permission, setPermission] = useState<Permission>('incident.handle')
  const [sought, setSought] = useState('')
  const [opened, setOpened] = useState<Holder | null>(null)
  const shown = useMemo(() => {
    const words = foldVietnamese(sought.trim())
    return holders.filter(({ name, email, organisation_name, role_id }) =>
      foldVietnamese(`${name} ${email} ${organisation_name} ${role_id}`).includes(words),
    )
  }, [holders, sought])
  const save = () => saveFile('quyen.csv', 'text/csv', accessCsv(shown, Permission.options, roles))
  return (
    <div className={gutter}>
      <div className="flex flex-wrap items-end gap-3 py-3">
        <Field label={t`Việc`} className="max-w-full">
          <Select
            value={permission}
            onChange={({ target }) => setPermission(Permission.parse(target.value))}
          >
            {Permission.options.map((one) => (
              <option key={one} value={one}>
                {label('permission', one)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Tìm người, tổ chức, vai trò`}>
          <Input type="search" value={sought} onChange={({ target }) => setSought(target.value)} />
        </Field>
        <Button onClick={save}>
          <Download aria-hidden="true" className="size-4" />
          {t`Xuất CSV`}
        </Button>
      </div>
      {shown.length === 0 ? (
        <Empty title={t`Không có ai như vậy`}>{t`Bỏ bớt chữ trong ô tìm.`}</Empty>
      ) : (
        <ul className="divide-y divide-line border-line border-y">
          {shown.map((person) => (
            <li
              key={person.id}
              className="grid gap-x-6 gap-y-1 py-2 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
            >
              <div className="min-w-0">
                <button
                  type="button"
                  className="max-w-full truncate font-medium underline-offset-2 hover:underline"
                  onClick={() => setOpened(person)}
                >
                  {person.name}
                </button>
                <p className="truncate text-12 text-ink-2">{person.organisation_name}</p>
              </div>
              <AccessReason person={person} permission={permission} roles={roles} />
            </li>
          ))}
        </ul>
      )}
      {opened ? (
        <AccessDialog person={opened} roles={roles} onClose={() => setOpened(null)} />
      ) : null}
    </div>
  )
}

/** People, and the keys that are not revoked, in one list. */
function useHolders(people: readonly Person[], keys: readonly ApiKey[]): readonly Holder[] {
  const { t } = useLingui()
  const now = useNow()
  const organisations = useOrganisations()
  return useMemo(() => {
    const names = new Map(organisations.map(({ id, name }) => [id, name]))
    const ofKeys = keys.map(({ account_name, name, organisation_id, expires_at, ...key }) => ({
      id: key.id,
      role_id: key.role_id,
      scopes: key.scopes,
      email: '',
      name: account_name ? t`Tài khoản dịch vụ: ${account_name} · ${name}` : t`Khóa API: ${name}`,
      organisation_name: names.get(organisation_id) ?? '',
      disabled: expires_at !== null && millisecondsOf(expires_at) <= now,
    }))
    return [...people, ...ofKeys]
  }, [people, keys, organisations, now, t])
}
