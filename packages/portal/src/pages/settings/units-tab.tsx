import { type AdministrativeUnit, resolveUnit } from '@haidang/contracts/administrative-unit'
import { foldVietnamese } from '@haidang/contracts/fold'
import { isValidOn, type Regulation } from '@haidang/contracts/regulation'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Field, Input } from '../../components/field.tsx'
import { gutter } from '../../components/page.tsx'
import { NoMatch } from '../../components/states.tsx'
import { inputTime, secondsFromNow } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { UnitMap } from './unit-map.tsx'

const profile = 'vn-units'

/** The provincial units of today, what each was made of, and where a former name or code belongs now. */
export function UnitsTab() {
  const query = useQuery({
    queryKey: ['regulations', profile],
    queryFn: ({ signal }) => api.regulations.get({ params: { profile }, query: {} }, signal),
  })
  return (
    <div className={cn('py-5', gutter)}>
      <Asked query={query}>{({ regulation }) => <Units regulation={regulation} />}</Asked>
    </div>
  )
}

interface Line {
  readonly unit: AdministrativeUnit
  readonly former: readonly AdministrativeUnit[]
}

function linesOf(regulation: Regulation, today: string): Line[] {
  const now = regulation.units.filter((unit) => isValidOn(unit, today))
  const former = regulation.units.filter((unit) => !isValidOn(unit, today))
  const into = (unit: AdministrativeUnit) =>
    resolveUnit([regulation], unit.id, unit.valid_to ?? today, today)?.now.id
  return now.map((unit) => ({
    unit,
    former: former.filter((one) => into(one) === unit.id && one.name.vi !== unit.name.vi),
  }))
}

function Units({ regulation }: { regulation: Regulation }) {
  const { t } = useLingui()
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState<string>()
  const today = inputTime(secondsFromNow(0)).slice(0, 10)
  const lines = linesOf(regulation, today)
  const words = foldVietnamese(sought.trim())
  const fits = ({ id, name }: AdministrativeUnit) =>
    foldVietnamese(`${id} ${name.vi} ${name.en}`).includes(words)
  const shown = lines.filter(({ unit, former }) => [unit, ...former].some(fits))
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(260px,420px)]">
      <div className="flex min-w-0 flex-col gap-3">
        <p className="text-13 text-ink-2">
          {t`Tìm được cả tên và mã cũ. Mã đã dùng lại: trước ngày 01/07/2025 có thể chỉ tỉnh khác.`}{' '}
          <Link
            to="/settings/regulations/$profile"
            params={{ profile }}
            className="text-accent underline underline-offset-2"
          >{t`Sửa, lịch sử và căn cứ`}</Link>
        </p>
        <Field label={t`Tìm đơn vị hành chính`} className="max-w-80">
          <Input
            data-search
            type="search"
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            placeholder={t`Tên hoặc mã, cũ hay mới`}
          />
        </Field>
        {shown.length === 0 ? <NoMatch onClear={() => setSought('')} /> : null}
        <ul className="divide-y divide-line border-line border-y">
          {shown.map((line) => (
            <UnitLine
              key={line.unit.id}
              line={line}
              chosen={chosen === line.unit.id}
              onChoose={() => setChosen(line.unit.id)}
            />
          ))}
        </ul>
      </div>
      <div className="order-first lg:sticky lg:top-4 lg:order-none lg:self-start">
        <UnitMap units={lines.map(({ unit }) => unit)} chosen={chosen} onChoose={setChosen} />
      </div>
    </div>
  )
}

interface UnitLineProps {
  readonly line: Line
  readonly chosen: boolean
  readonly onChoose: () => void
}

function UnitLine({ line: { unit, former }, chosen, onChoose }: UnitLineProps) {
  const { t } = useLingui()
  const { language, label } = useWords()
  const was = former.map(({ id, name }) => `${name[language]} (${id})`).join(', ')
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className={cn(
          'flex w-full flex-wrap items-baseline gap-x-3 px-2 py-1.5 text-left text-13 hover:bg-hover',
          chosen && 'bg-accent-soft',
        )}
      >
        <span className="w-7 font-mono text-12 text-ink-3">{unit.id}</span>
        <span className="font-medium">{unit.name[language]}</span>
        <span className="text-12 text-ink-3">
          {label('unitKind', unit.kind)} · {unit.seat}
        </span>
        {was ? (
          <span className="w-full pl-10 text-12 text-ink-2">{t`gồm trước đây: ${was}`}</span>
        ) : null}
      </button>
    </li>
  )
}
