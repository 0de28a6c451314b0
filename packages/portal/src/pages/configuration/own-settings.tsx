import type { SettingName } from '@haidang/contracts/directed-configuration'
import type { OwnConfiguration } from '@haidang/contracts/parent-configuration-api'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { ReasonDialog } from '../rules/reason-dialog.tsx'
import { SettingPill } from './setting-pill.tsx'
import { useSettingName } from './setting-words.ts'

type OwnSetting = OwnConfiguration['settings'][number]

/** What the parent set at this node, by whom and when; what the owner lets it set. */
export function OwnSettings() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['parent-configuration'],
    queryFn: ({ signal }) => api.parentConfiguration.get({}, signal),
  })
  const [asked, setAsked] = useState<OwnSetting>()
  return (
    <Section title={t`Cấp trên đặt cho nút này`}>
      <Asked query={query}>
        {({ given, settings }) => (
          <>
            {given ? (
              <p className="pt-2 text-13">
                {t`Bản ${given.number}, do ${given.set_by} đặt`} ·{' '}
                <Time at={given.set_at} as="absolute" /> · {given.reason}
              </p>
            ) : (
              <p className="pt-2 text-13 text-ink-3">{t`Cấp trên chưa đặt gì.`}</p>
            )}
            <ul className="divide-y divide-line">
              {settings.map((setting) => (
                <SettingLine key={setting.name} setting={setting} onAsk={() => setAsked(setting)} />
              ))}
            </ul>
          </>
        )}
      </Asked>
      {asked ? <DecideDialog setting={asked} onClose={() => setAsked(undefined)} /> : null}
    </Section>
  )
}

function SettingLine({ setting, onAsk }: { setting: OwnSetting; onAsk: () => void }) {
  const { t } = useLingui()
  const refusal = useRefusal()('station.manage')
  const nameOf = useSettingName()
  const { name, allowed, value, state, problem, decided_by, decided_at, reason } = setting
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
      <span className="font-medium">{nameOf(name)}</span>
      {state ? <SettingPill state={state} /> : null}
      <span className="min-w-0 break-words text-ink-2">{value ?? t`không đặt`}</span>
      <span className="ml-auto">
        <Button size="small" refusal={refusal} onClick={onAsk}>
          {allowed ? t`Không cho đặt…` : t`Cho đặt…`}
        </Button>
      </span>
      {state === 'invalid' ? <p className="w-full text-12 text-critical">{problem}</p> : null}
      {decided_by && decided_at ? (
        <p className="w-full text-12 text-ink-3">
          {allowed ? t`Cho đặt` : t`Không cho đặt`} · {decided_by} ·{' '}
          <Time at={decided_at} as="absolute" /> · {reason}
        </p>
      ) : null}
    </li>
  )
}

function DecideDialog({ setting, onClose }: { setting: OwnSetting; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const name = useSettingName()(setting.name)
  const allowed = !setting.allowed
  const decide = useMutation({
    mutationFn: (reason: string) =>
      api.parentConfiguration.decide({
        body: { name: setting.name as SettingName, allowed, reason },
      }),
    onSuccess: (own) => {
      client.setQueryData(['parent-configuration'], own)
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={allowed ? t`Cho cấp trên đặt: ${name}` : t`Không cho cấp trên đặt: ${name}`}
      about={
        allowed
          ? t`Giá trị cấp trên đã đặt có hiệu lực ngay; cấp trên được báo.`
          : t`Giá trị cấp trên đã đặt hết hiệu lực ngay, nút trở lại như trước; cấp trên được báo.`
      }
      label={t`Lý do`}
      act={allowed ? t`Cho đặt` : t`Không cho đặt`}
      danger={!allowed}
      error={decide.error}
      busy={decide.isPending}
      onGive={(reason) => decide.mutate(reason)}
      onClose={onClose}
    />
  )
}
