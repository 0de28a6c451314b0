import { type LibraryRule, LibraryRuleStatus } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Select } from '../../components/field.tsx'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Empty } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { LibraryActs } from './library-acts.tsx'
import { LibraryLine, useLibraryColumns } from './library-columns.tsx'
import { libraryFields } from './library-words.ts'
import { useRuleStatistics } from './rule-statistics.ts'

const route = getRouteApi('/shell/rules')
const idOf = (rule: LibraryRule) => rule.id

/** Every rule of the library with its state and how it did. */
export function LibraryTab() {
  const { t } = useLingui()
  const { label } = useWords()
  const { q = '', status } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = both(status ? `status:${status}` : '', q) || undefined
  const pages = usePages({
    queryKey: ['rule-library', 'list', filter],
    read: (cursor, signal) =>
      api.ruleLibrary.list({ query: { limit: 200, cursor, filter } }, signal),
  })
  const statistics = useRuleStatistics()
  const columns = useLibraryColumns(statistics)
  const search = (next: { q?: string; status?: LibraryRuleStatus | undefined }) =>
    void navigate({
      to: '/rules',
      search: { tab: 'library', ...(q ? { q } : {}), ...(status ? { status } : {}), ...next },
      replace: true,
    })
  const clear = () => void navigate({ to: '/rules', search: { tab: 'library' }, replace: true })
  return (
    <FilteredList
      q={q}
      fields={libraryFields}
      example="status:published and product:windows"
      onFilter={(next) => (next ? search({ q: next }) : clearText())}
      narrowed={status !== undefined}
      onClear={clear}
      choices={
        <Select
          aria-label={t`Trạng thái của luật`}
          className="w-44"
          value={status ?? ''}
          onChange={({ currentTarget }) =>
            search({ status: LibraryRuleStatus.safeParse(currentTarget.value).data })
          }
        >
          <option value="">{t`Mọi trạng thái`}</option>
          {LibraryRuleStatus.options.map((name) => (
            <option key={name} value={name}>
              {label('libraryRuleStatus', name)}
            </option>
          ))}
        </Select>
      }
      pages={pages}
      name="rule-library"
      label={t`Thư viện luật`}
      idOf={idOf}
      columns={columns}
      compact={(rule) => <LibraryLine rule={rule} statistics={statistics.get(rule.id)} />}
      onOpen={(rule) => void navigate({ to: '/rules/library/$id', params: { id: rule.id } })}
      empty={
        <Empty title={t`Thư viện chưa có luật nào`} act={<LibraryActs />}>
          {t`Nhập luật Sigma có sẵn hoặc viết luật mới. Luật được người thứ hai duyệt rồi mới phát hành tới các trạm.`}
        </Empty>
      }
    />
  )

  function clearText() {
    void navigate({
      to: '/rules',
      search: { tab: 'library', ...(status ? { status } : {}) },
      replace: true,
    })
  }
}
