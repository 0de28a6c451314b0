import type { Coverage } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/field.tsx'
import { gutter } from '../../components/page.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Empty, LoadingRows } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { CoverageMatrix } from './coverage-matrix.tsx'
import { matrixOf, type Opened, sourcesOf } from './coverage-model.ts'
import { CoverageRules } from './coverage-rules.tsx'
import { navigatorLayer } from './navigator-layer.ts'
import { OutdatedTechniques } from './outdated-techniques.tsx'

const route = getRouteApi('/shell/rules')

/** Which ATT&CK techniques the library looks for, and how much of it the stations already have. */
export function CoverageTab() {
  const query = useQuery({
    queryKey: ['rule-library', 'coverage'],
    queryFn: ({ signal }) => api.ruleLibrary.coverage({}, signal),
  })
  return (
    <div className={`flex flex-col gap-4 py-4 ${gutter}`}>
      <Asked query={query} loading={<LoadingRows />}>
        {(coverage) => <Covered coverage={coverage} />}
      </Asked>
    </div>
  )
}

function Covered({ coverage }: { coverage: Coverage }) {
  const { t } = useLingui()
  const sources = useMemo(() => sourcesOf(coverage), [coverage])
  const wanted = route.useSearch()
  // An address may name what is not there, or no longer.
  const tactic = coverage.tactics.find(({ key }) => key === wanted.tactic)?.key
  const source = sources.find(([name]) => name === wanted.source)?.[0]
  const [opened, setOpened] = useState<Opened>()
  const { columns, outdated } = useMemo(() => matrixOf(coverage, source), [coverage, source])
  if (coverage.rules.length === 0) {
    return (
      <Empty title={t`Chưa luật nào gắn kỹ thuật ATT&CK`}>
        {t`Gắn nhãn như attack.t1059.001 vào luật; các kỹ thuật hiện ở đây với số luật tìm chúng.`}
      </Empty>
    )
  }
  const shown = columns.filter(({ tactic: { key } }) => tactic === undefined || key === tactic)
  return (
    <>
      <Controls {...{ coverage, sources, tactic, source }} />
      <Figures coverage={coverage} columns={columns} />
      <OutdatedTechniques
        techniques={outdated}
        version={coverage.attack_version}
        onOpen={setOpened}
      />
      <CoverageMatrix columns={shown} onOpen={setOpened} />
      {opened ? <CoverageRules {...opened} onClose={() => setOpened(undefined)} /> : null}
    </>
  )
}

interface ControlsProps {
  readonly coverage: Coverage
  readonly sources: ReturnType<typeof sourcesOf>
  readonly tactic: string | undefined
  readonly source: string | undefined
}

function Controls({ coverage, sources, tactic, source }: ControlsProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const navigate = route.useNavigate()
  const choose = (next: { tactic?: string | undefined; source?: string | undefined }) =>
    void navigate({
      to: '/rules',
      search: { tab: 'coverage', tactic, source, ...next },
      replace: true,
    })
  const download = () => {
    const name = [t`Độ bao phủ luật`, source].filter(Boolean).join(' · ')
    const layer = navigatorLayer(coverage, { name, source })
    saveFile('coverage-layer.json', 'application/json', JSON.stringify(layer, null, 1))
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label={t`Chiến thuật`}
        className="w-full sm:w-52"
        value={tactic ?? ''}
        onChange={({ currentTarget }) => choose({ tactic: currentTarget.value || undefined })}
      >
        <option value="">{t`Mọi chiến thuật`}</option>
        {coverage.tactics.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t`Nguồn nhật ký`}
        className="w-full sm:w-64"
        value={source ?? ''}
        onChange={({ currentTarget }) => choose({ source: currentTarget.value || undefined })}
      >
        <option value="">{t`Mọi nguồn nhật ký`}</option>
        {sources.map(([name, count]) => (
          <option key={name} value={name}>
            {name.replaceAll('/', ' / ')} ({number(count)})
          </option>
        ))}
      </Select>
      <Button className="sm:ml-auto" onClick={download}>
        <Download aria-hidden="true" className="size-4" />
        {t`Tải lớp ATT&CK Navigator`}
      </Button>
    </div>
  )
}

interface FiguresProps {
  readonly coverage: Coverage
  readonly columns: ReturnType<typeof matrixOf>['columns']
}

function Figures({ coverage, columns }: FiguresProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const cells = new Map(columns.flatMap(({ cells: some }) => some).map((cell) => [cell.id, cell]))
  const covered = [...cells.values()].filter(({ rules }) => rules.length > 0).length
  return (
    <p className="text-ink-2">
      MITRE ATT&CK® {coverage.attack_version} ·{' '}
      {t`${number(covered)} trên ${number(cells.size)} kỹ thuật có luật`} ·{' '}
      {t`${number(coverage.untagged)} luật chưa gắn kỹ thuật`}
    </p>
  )
}
