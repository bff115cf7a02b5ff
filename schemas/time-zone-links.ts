// Data. Old names of time zones, each with the name that took its place, as tz's "backward" file links them
// (https://data.iana.org/time-zones/tzdb/backward, 2025b): names of countries, of US, Canada and other areas, and old spellings
// of cities. Chosen by hand: merged cities such as Europe/Oslo are links as well, yet nobody should have to change them.
// Two differ from tz: those that mean GMT say Etc/UTC, and Iceland says Atlantic/Reykjavik. To see the links:
//   grep '^L' /usr/share/zoneinfo/tzdata.zi

/** From an old name to the one to use; the times are the same. */
export const timeZoneLinks: ReadonlyMap<string, string> = new Map(
  `
America/Buenos_Aires America/Argentina/Buenos_Aires | America/Fort_Wayne America/Indiana/Indianapolis | America/Godthab America/Nuuk |
America/Indianapolis America/Indiana/Indianapolis | America/Knox_IN America/Indiana/Knox |
America/Louisville America/Kentucky/Louisville | America/Montreal America/Toronto | America/Shiprock America/Denver |
Asia/Ashkhabad Asia/Ashgabat | Asia/Calcutta Asia/Kolkata | Asia/Chongqing Asia/Shanghai | Asia/Chungking Asia/Shanghai |
Asia/Dacca Asia/Dhaka | Asia/Harbin Asia/Shanghai | Asia/Istanbul Europe/Istanbul | Asia/Kashgar Asia/Urumqi |
Asia/Katmandu Asia/Kathmandu | Asia/Macao Asia/Macau | Asia/Rangoon Asia/Yangon | Asia/Saigon Asia/Ho_Chi_Minh |
Asia/Tel_Aviv Asia/Jerusalem | Asia/Thimbu Asia/Thimphu | Asia/Ujung_Pandang Asia/Makassar | Asia/Ulan_Bator Asia/Ulaanbaatar |
Atlantic/Faeroe Atlantic/Faroe | Australia/ACT Australia/Sydney | Australia/Canberra Australia/Sydney |
Australia/LHI Australia/Lord_Howe | Australia/NSW Australia/Sydney | Australia/North Australia/Darwin |
Australia/Queensland Australia/Brisbane | Australia/South Australia/Adelaide | Australia/Tasmania Australia/Hobart |
Australia/Victoria Australia/Melbourne | Australia/West Australia/Perth | Australia/Yancowinna Australia/Broken_Hill |
Brazil/Acre America/Rio_Branco | Brazil/DeNoronha America/Noronha | Brazil/East America/Sao_Paulo | Brazil/West America/Manaus |
Canada/Atlantic America/Halifax | Canada/Central America/Winnipeg | Canada/Eastern America/Toronto |
Canada/Mountain America/Edmonton | Canada/Newfoundland America/St_Johns | Canada/Pacific America/Vancouver |
Canada/Saskatchewan America/Regina | Canada/Yukon America/Whitehorse | Chile/Continental America/Santiago |
Chile/EasterIsland Pacific/Easter | Cuba America/Havana | Egypt Africa/Cairo | Eire Europe/Dublin | Etc/GMT+0 Etc/UTC |
Etc/GMT-0 Etc/UTC | Etc/GMT0 Etc/UTC | Etc/Greenwich Etc/UTC | Etc/UCT Etc/UTC | Etc/Universal Etc/UTC | Etc/Zulu Etc/UTC |
Europe/Belfast Europe/London | Europe/Kiev Europe/Kyiv | Europe/Nicosia Asia/Nicosia | Europe/Uzhgorod Europe/Kyiv |
Europe/Zaporozhye Europe/Kyiv | GB Europe/London | GB-Eire Europe/London | GMT+0 Etc/UTC | GMT-0 Etc/UTC | GMT0 Etc/UTC |
Greenwich Etc/UTC | Hongkong Asia/Hong_Kong | Iceland Atlantic/Reykjavik | Iran Asia/Tehran | Israel Asia/Jerusalem |
Jamaica America/Jamaica | Japan Asia/Tokyo | Kwajalein Pacific/Kwajalein | Libya Africa/Tripoli | Mexico/BajaNorte America/Tijuana |
Mexico/BajaSur America/Mazatlan | Mexico/General America/Mexico_City | NZ Pacific/Auckland | NZ-CHAT Pacific/Chatham |
Navajo America/Denver | PRC Asia/Shanghai | Pacific/Enderbury Pacific/Kanton | Pacific/Samoa Pacific/Pago_Pago |
Poland Europe/Warsaw | Portugal Europe/Lisbon | ROC Asia/Taipei | ROK Asia/Seoul | Singapore Asia/Singapore | Turkey Europe/Istanbul |
UCT Etc/UTC | US/Alaska America/Anchorage | US/Aleutian America/Adak | US/Arizona America/Phoenix | US/Central America/Chicago |
US/East-Indiana America/Indiana/Indianapolis | US/Eastern America/New_York | US/Hawaii Pacific/Honolulu |
US/Indiana-Starke America/Indiana/Knox | US/Michigan America/Detroit | US/Mountain America/Denver | US/Pacific America/Los_Angeles |
US/Samoa Pacific/Pago_Pago | Universal Etc/UTC | W-SU Europe/Moscow | Zulu Etc/UTC
`
    .trim()
    .split(/\s*\|\s*/u)
    .map((line) => {
      const [old = "", name = ""] = line.split(" ");
      return [old, name] as const;
    }),
);
