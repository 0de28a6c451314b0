/*
 * The invented network of the scenarios. Addresses are those set aside for documentation (RFC 5737,
 * RFC 3849), names end in `example` (RFC 2606); nobody is meant.
 */

export interface Site {
  readonly station: string
  readonly webServer: { readonly host: string; readonly address: string }
  readonly workstations: readonly {
    readonly host: string
    readonly address: string
    readonly user: string
  }[]
}

export const ministry: Site = {
  station: 'ministry',
  webServer: { host: 'cong-thong-tin.bo-thu-nghiem.example', address: '192.0.2.20' },
  workstations: [
    { host: 'WS-0142.bo-thu-nghiem.example', address: '192.0.2.51', user: 'BTN\\lan' },
    { host: 'WS-0151.bo-thu-nghiem.example', address: '192.0.2.52', user: 'BTN\\minh' },
  ],
}

export const province: Site = {
  station: 'province',
  webServer: { host: 'dich-vu-cong.tinh-song-mo.example', address: '192.0.2.120' },
  workstations: [
    { host: 'VP-021.tinh-song-mo.example', address: '192.0.2.151', user: 'TSM\\hoa' },
    { host: 'VP-034.tinh-song-mo.example', address: '192.0.2.152', user: 'TSM\\son' },
  ],
}

export const isp: Site = {
  station: 'isp',
  webServer: { host: 'khach-hang.may-xanh.example', address: '192.0.2.220' },
  workstations: [
    { host: 'noc-01.may-xanh.example', address: '2001:db8:16::51', user: 'VMX\\dung' },
    { host: 'noc-02.may-xanh.example', address: '192.0.2.252', user: 'VMX\\ly' },
  ],
}

export const sites: readonly Site[] = [ministry, province, isp]

export const attacker = {
  /** Where scans and password guessing come from. */
  scanner: '203.0.113.77',
  /** Where infected machines report to; both are in content/indicators/demonstration.csv. */
  control: '203.0.113.66',
  controlName: 'dong-bo.dieu-khien.example',
} as const
