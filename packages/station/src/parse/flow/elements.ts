/** How the octets of a field are read (RFC 7011, section 6). */
export type Kind =
  | 'unsigned'
  | 'signed'
  | 'float'
  | 'boolean'
  | 'ip'
  | 'mac'
  | 'text'
  | 'octets'
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'nanoseconds'

export interface Element {
  /** Name in IANA's registry of IPFIX Information Elements, else `element.ID` or `enterprise.NUMBER.ID`. */
  readonly name: string
  readonly kind: Kind
}

/** Enterprise of elements that tell of the other direction (RFC 5103). */
const reverse = 29_305
/** ntop, whose elements stand in NetFlow version 9 under numbers of its own. */
const ntop = 35_632
const ntopFromVersion9 = 57_472
const ianaEnd = 32_768

/** Numbers and names of https://www.iana.org/assignments/ipfix by how they are read; NetFlow version 9 shares those to 127. */
const iana: Partial<Record<Kind, string>> = {
  unsigned: `1 octetDeltaCount 2 packetDeltaCount 3 deltaFlowCount 4 protocolIdentifier 5 ipClassOfService 6 tcpControlBits
    7 sourceTransportPort 9 sourceIPv4PrefixLength 10 ingressInterface 11 destinationTransportPort 13 destinationIPv4PrefixLength
    14 egressInterface 16 bgpSourceAsNumber 17 bgpDestinationAsNumber 19 postMCastPacketDeltaCount 20 postMCastOctetDeltaCount
    21 flowEndSysUpTime 22 flowStartSysUpTime 23 postOctetDeltaCount 24 postPacketDeltaCount 25 minimumIpTotalLength
    26 maximumIpTotalLength 29 sourceIPv6PrefixLength 30 destinationIPv6PrefixLength 31 flowLabelIPv6 32 icmpTypeCodeIPv4 33 igmpType
    34 samplingInterval 35 samplingAlgorithm 36 flowActiveTimeout 37 flowIdleTimeout 38 engineType 39 engineId
    40 exportedOctetTotalCount 41 exportedMessageTotalCount 42 exportedFlowRecordTotalCount 46 mplsTopLabelType 48 samplerId
    49 samplerMode 50 samplerRandomInterval 51 classId 52 minimumTTL 53 maximumTTL 54 fragmentIdentification 55 postIpClassOfService
    58 vlanId 59 postVlanId 60 ipVersion 61 flowDirection 64 ipv6ExtensionHeaders 85 octetTotalCount 86 packetTotalCount
    88 fragmentOffset 89 forwardingStatus 92 srcTrafficIndex 93 dstTrafficIndex 98 postIpDiffServCodePoint 99 multicastReplicationFactor
    128 bgpNextAdjacentAsNumber 129 bgpPrevAdjacentAsNumber 132 droppedOctetDeltaCount
    133 droppedPacketDeltaCount 134 droppedOctetTotalCount 135 droppedPacketTotalCount 136 flowEndReason 137 commonPropertiesId
    138 observationPointId 139 icmpTypeCodeIPv6 141 lineCardId 142 portId 143 meteringProcessId 144 exportingProcessId 145 templateId
    146 wlanChannelId 148 flowId 149 observationDomainId 158 flowStartDeltaMicroseconds 159 flowEndDeltaMicroseconds
    161 flowDurationMilliseconds 162 flowDurationMicroseconds 163 observedFlowTotalCount 164 ignoredPacketTotalCount
    165 ignoredOctetTotalCount 166 notSentFlowTotalCount 167 notSentPacketTotalCount 168 notSentOctetTotalCount
    171 postOctetTotalCount 172 postPacketTotalCount 173 flowKeyIndicator 176 icmpTypeIPv4 177 icmpCodeIPv4 178 icmpTypeIPv6
    179 icmpCodeIPv6 180 udpSourcePort 181 udpDestinationPort 182 tcpSourcePort 183 tcpDestinationPort 184 tcpSequenceNumber
    185 tcpAcknowledgementNumber 186 tcpWindowSize 187 tcpUrgentPointer 188 tcpHeaderLength 189 ipHeaderLength 190 totalLengthIPv4
    191 payloadLengthIPv6 192 ipTTL 193 nextHeaderIPv6 194 mplsPayloadLength 195 ipDiffServCodePoint 196 ipPrecedence
    197 fragmentFlags 198 octetDeltaSumOfSquares 199 octetTotalSumOfSquares 200 mplsTopLabelTTL 204 ipPayloadLength
    205 udpMessageLength 206 isMulticast 207 ipv4IHL 208 ipv4Options 209 tcpOptions 213 exportInterface 214 exportProtocolVersion 215 exportTransportProtocol 216 collectorTransportPort 217 exporterTransportPort 218 tcpSynTotalCount 219 tcpFinTotalCount
    220 tcpRstTotalCount 221 tcpPshTotalCount 222 tcpAckTotalCount 223 tcpUrgTotalCount 224 ipTotalLength
    227 postNAPTSourceTransportPort 228 postNAPTDestinationTransportPort 229 natOriginatingAddressRealm 230 natEvent
    231 initiatorOctets 232 responderOctets 233 firewallEvent 234 ingressVRFID 235 egressVRFID 239 biflowDirection
    242 ethernetTotalLength 243 dot1qVlanId 244 dot1qPriority 245 dot1qCustomerVlanId 246 dot1qCustomerPriority
    252 ingressPhysicalInterface 253 egressPhysicalInterface 254 postDot1qVlanId 255 postDot1qCustomerVlanId 256 ethernetType
    257 postIpPrecedence 277 observationPointType 278 newConnectionDeltaCount 279 connectionSumDurationSeconds
    280 connectionTransactionId 294 bgpValidityState 295 IPSecSPI 296 greKey 297 natType 298 initiatorPackets 299 responderPackets
    301 selectionSequenceId 302 selectorId 304 selectorAlgorithm 305 samplingPacketInterval 306 samplingPacketSpace
    307 samplingTimeInterval 308 samplingTimeSpace 309 samplingSize 310 samplingPopulation 312 dataLinkFrameSize
    318 selectorIdTotalPktsObserved 319 selectorIdTotalPktsSelected 346 privateEnterpriseNumber 351 layer2SegmentId
    352 layer2OctetDeltaCount 353 layer2OctetTotalCount 361 portRangeStart 362 portRangeEnd 363 portRangeStepSize 364 portRangeNumPorts
    391 samplingFlowInterval 393 flowSamplingTimeInterval 411 ingressUnicastPacketTotalCount 457 httpStatusCode`,
  signed: '434 mibObjectValueInteger',
  float: '311 samplingProbability 320 absoluteError 321 relativeError',
  boolean: '276 dataRecordsReliability',
  ip: `8 sourceIPv4Address 12 destinationIPv4Address 15 ipNextHopIPv4Address 18 bgpNextHopIPv4Address 27 sourceIPv6Address
    28 destinationIPv6Address 44 sourceIPv4Prefix 45 destinationIPv4Prefix 47 mplsTopLabelIPv4Address 62 ipNextHopIPv6Address
    63 bgpNextHopIPv6Address 130 exporterIPv4Address 131 exporterIPv6Address 140 mplsTopLabelIPv6Address 169 destinationIPv6Prefix
    170 sourceIPv6Prefix 211 collectorIPv4Address 212 collectorIPv6Address 225 postNATSourceIPv4Address
    226 postNATDestinationIPv4Address 281 postNATSourceIPv6Address 282 postNATDestinationIPv6Address 403 originalExporterIPv4Address
    404 originalExporterIPv6Address`,
  mac: `56 sourceMacAddress 57 postDestinationMacAddress 80 destinationMacAddress 81 postSourceMacAddress
    365 staMacAddress 367 wtpMacAddress 414 dot1qCustomerSourceMacAddress 415 dot1qCustomerDestinationMacAddress`,
  text: `82 interfaceName 83 interfaceDescription 84 samplerName 94 applicationDescription 96 applicationName 147 wlanSSID
    236 VRFName 241 className 300 observationDomainName 335 selectorName 339 informationElementDescription
    341 informationElementName 371 userName 372 applicationCategoryName 373 applicationSubCategoryName 374 applicationGroupName
    459 httpRequestMethod 460 httpRequestHost 461 httpRequestTarget 462 httpMessageVersion
    466 virtualStationInterfaceName 468 httpUserAgent 469 httpContentType 470 httpReasonPhrase`,
  octets: `70 mplsTopLabelStackSection 71 mplsLabelStackSection2 72 mplsLabelStackSection3 73 mplsLabelStackSection4
    74 mplsLabelStackSection5 75 mplsLabelStackSection6 95 applicationId 104 layer2packetSectionData 210 paddingOctets 313 ipHeaderPacketSection
    314 ipPayloadPacketSection 315 dataLinkFrameSection 316 mplsLabelStackSection`,
  seconds: '150 flowStartSeconds 151 flowEndSeconds 322 observationTimeSeconds',
  milliseconds: `152 flowStartMilliseconds 153 flowEndMilliseconds 160 systemInitTimeMilliseconds 323 observationTimeMilliseconds`,
  microseconds: '154 flowStartMicroseconds 155 flowEndMicroseconds 324 observationTimeMicroseconds',
  nanoseconds: '156 flowStartNanoseconds 157 flowEndNanoseconds 325 observationTimeNanoseconds',
}

/** Elements of ntop's nProbe that tell of DNS, HTTP and TLS. */
const ntopElements: Partial<Record<Kind, string>> = {
  unsigned: '181 httpStatusCode 206 dnsQueryId 207 dnsQueryType 208 dnsReturnCode 209 dnsAnswers',
  text: `180 httpRequestTarget 182 httpReferer 183 httpUserAgent 184 httpContentType 187 httpRequestHost 188 tlsServerName
    205 dnsQueryName 360 httpRequestMethod 398 dnsResponse`,
}

const known: ReadonlyMap<number, Element> = tableOf(iana)
const knownOfNtop: ReadonlyMap<number, Element> = tableOf(ntopElements)

/** What an element is, by its enterprise (0: IANA's own) and number; an unknown one is octets. */
export function elementOf(enterprise: number, id: number): Element {
  if (enterprise === 0) {
    if (id >= ianaEnd) return ntopOf(id - ntopFromVersion9) ?? unknown(`element.${id}`)
    return known.get(id) ?? unknown(`element.${id}`)
  }
  if (enterprise === reverse) return reversed(elementOf(0, id))
  const named = enterprise === ntop ? ntopOf(id) : undefined
  return named ?? unknown(`enterprise.${enterprise}.${id}`)
}

function ntopOf(id: number): Element | undefined {
  return knownOfNtop.get(id)
}

function unknown(name: string): Element {
  return { name, kind: 'octets' }
}

function reversed({ name, kind }: Element): Element {
  return { name: `reverse${name.charAt(0).toUpperCase()}${name.slice(1)}`, kind }
}

function tableOf(lists: Partial<Record<Kind, string>>): Map<number, Element> {
  const table = new Map<number, Element>()
  for (const [kind, list] of Object.entries(lists)) {
    const words = list.split(/\s+/)
    for (let i = 0; i + 1 < words.length; i += 2) {
      table.set(Number(words[i]), { name: words[i + 1] ?? '', kind: kind as Kind })
    }
  }
  return table
}
