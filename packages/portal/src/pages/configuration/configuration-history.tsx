import type { ConfigurationVersion } from '@haidang/contracts/station-configuration'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from '../rules/reason-dialog.tsx'
import { useInShort } from './setting-words.ts'

/** Every version of the plan, newest first; an earlier one can be brought back. */
export function ConfigurationHistory() {
  const { t } = useLingui()
  const { query, items } = usePages({
    queryKey: ['station-configuration', 'versions'],
    read: (cursor, signal) =>
      api.stationConfiguration.versions({ query: { limit: 20, cursor } }, signal),
  })
  const [chosen, setChosen] = useState<ConfigurationVersion>()
  const newest = items[0]?.number ?? 0
  return (
    <Section title={t`Lịch sử`}>
      <Asked query={query}>
        {() =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">{t`Chưa có bản nào.`}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((one) => (
                <VersionLine
                  key={one.number}
                  version={one}
                  onRestore={one.number < newest ? () => setChosen(one) : undefined}
                />
              ))}
            </ul>
          )
        }
      </Asked>
      {query.hasNextPage ? (
        <Button
          className="mt-2"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t`Xem thêm`}
        </Button>
      ) : null}
      {chosen ? (
        <RestoreDialog version={chosen} basedOn={newest} onClose={() => setChosen(undefined)} />
      ) : null}
    </Section>
  )
}

interface VersionLineProps {
  readonly version: ConfigurationVersion
  readonly onRestore: (() => void) | undefined
}

function VersionLine({ version, onRestore }: VersionLineProps) {
  const { t } = useLingui()
  const refusal = useRefusal()('station.manage')
  const inShort = useInShort()
  const { number, plan, reason, restores, actor_name, created_at } = version
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2 text-13">
      <span className="font-medium">{t`Bản ${number}`}</span>
      <span className="text-12 text-ink-3">
        {actor_name} · <Time at={created_at} as="absolute" />
        {restores === null ? null : ` · ${t`lấy lại bản ${restores}`}`}
      </span>
      {onRestore ? (
        <span className="ml-auto">
          <Button size="small" refusal={refusal} onClick={onRestore}>{t`Quay lại bản này…`}</Button>
        </span>
      ) : null}
      <p className="w-full break-words text-ink-2">{reason}</p>
      <ul className="w-full text-12 text-ink-3">
        {plan.groups.map(({ name, settings }) => (
          <li key={name} className="break-words">
            {name}: {inShort(settings)}
          </li>
        ))}
      </ul>
    </li>
  )
}

interface RestoreDialogProps {
  readonly version: ConfigurationVersion
  readonly basedOn: number
  readonly onClose: () => void
}

function RestoreDialog({ version: { number }, basedOn, onClose }: RestoreDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const restore = useMutation({
    mutationFn: (reason: string) =>
      api.stationConfiguration.restore({
        params: { number: String(number) },
        body: { reason, based_on: basedOn },
      }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['station-configuration'] })
      say(t`Bản ${made.number} lấy lại nội dung bản ${number}`)
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t`Quay lại bản ${number}`}
      about={t`Các trạm nhận lại những gì bản ${number} đặt, dưới số ${basedOn + 1}.`}
      label={t`Lý do`}
      act={t`Quay lại bản này`}
      danger
      error={restore.error}
      busy={restore.isPending}
      onGive={(reason) => restore.mutate(reason)}
      onClose={onClose}
    />
  )
}
