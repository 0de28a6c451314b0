import type { Permission } from '@haidang/contracts/permission'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useMay } from '../../api/session.ts'
import { Page, PageHead } from '../../components/page.tsx'
import { NoPermission } from '../../components/states.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { adminTabs } from '../../search.ts'
import { ChannelsTab } from '../channels/channels-tab.tsx'
import { DocumentsTab } from '../documents/documents-tab.tsx'
import { ProfilesTab } from '../settings/profiles-tab.tsx'
import { UnitsTab } from '../settings/units-tab.tsx'
import { AccessTab } from './access-tab.tsx'
import { InvitationsTab } from './invitations-tab.tsx'
import { InviteButton } from './invite-button.tsx'
import { JournalActs } from './journal-acts.tsx'
import { JournalTab } from './journal-tab.tsx'
import { KeysTab, NewKeyButton } from './keys-tab.tsx'
import { PeopleTab } from './people-tab.tsx'
import { NewPersonButton } from './person-dialog.tsx'
import { PersonalDataTab } from './personal-data-tab.tsx'
import { NewServiceButton, ServicesTab } from './services-tab.tsx'
import { SignInTab } from './sign-in-tab.tsx'

type TabName = (typeof adminTabs)[number]
const route = getRouteApi('/shell/admin')

const parts: Record<TabName, { needs: Permission; Body: ComponentType; Act: ComponentType }> = {
  people: { needs: 'person.read', Body: PeopleTab, Act: NewPersonButton },
  services: { needs: 'person.read', Body: ServicesTab, Act: NewServiceButton },
  access: { needs: 'person.manage', Body: AccessTab, Act: NoAct },
  keys: { needs: 'key.manage', Body: KeysTab, Act: NewKeyButton },
  invitations: { needs: 'person.manage', Body: InvitationsTab, Act: InviteButton },
  'sign-in': { needs: 'person.manage', Body: SignInTab, Act: NoAct },
  documents: { needs: 'document.read', Body: DocumentsTab, Act: NoAct },
  channels: { needs: 'setting.read', Body: ChannelsTab, Act: NoAct },
  'personal-data': { needs: 'person.read', Body: PersonalDataTab, Act: NoAct },
  journal: { needs: 'audit.read', Body: JournalTab, Act: JournalActs },
  settings: { needs: 'setting.read', Body: ProfilesTab, Act: NoAct },
  units: { needs: 'setting.read', Body: UnitsTab, Act: NoAct },
}

/** What is changed elsewhere than at the head of the page. */
function NoAct() {
  return null
}

/** Who may do what here, by which rules, and who did what. */
export function AdminPage() {
  const { t } = useLingui()
  const may = useMay()
  const search = route.useSearch()
  const shown = adminTabs.filter((name) => may(parts[name].needs))
  const tab = search.tab ?? shown[0] ?? 'people'
  const { needs, Body, Act } = parts[tab]
  const names: Record<TabName, string> = {
    people: t`Người dùng`,
    services: t`Tài khoản dịch vụ`,
    access: t`Ai được làm gì`,
    keys: t`Khóa API`,
    invitations: t`Lời mời`,
    'sign-in': t`Đăng nhập`,
    settings: t`Thiết lập`,
    units: t`Đơn vị hành chính`,
    documents: t`Văn bản`,
    channels: t`Kênh thông báo`,
    'personal-data': t`Dữ liệu cá nhân`,
    journal: t`Nhật ký`,
  }
  return (
    <Page title={names[tab]}>
      <PageHead title={t`Quản trị`} acts={may(needs) ? <Act /> : null} />
      <Tabs label={t`Phần của trang`}>
        {shown.map((name) => (
          <Tab key={name} to="/admin" search={{ tab: name }} active={tab === name}>
            {names[name]}
          </Tab>
        ))}
      </Tabs>
      {may(needs) ? <Body /> : <NoPermission permission={needs} />}
    </Page>
  )
}
