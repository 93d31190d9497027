export const FIRST_NAMES =
  'Ada Amina Åsa Björn Carlos Chloé Daniel Dilara Elena Emeka Fatima Felix Giulia Grace Hannah Hiroshi Ingrid İlker Jamal Jana João Kateřina Kofi Lars Leila Łukasz Lina Maja Marek Mateo Mei Miguel Nadia Ngozi Noël Olga Omar Paula Pavel Priya Quinn Rachel Ravi René Rosa Samir Sara Siobhán Sofia Søren Tariq Tomáš Uma Valeria Viktor Wei Xenia Yara Yusuf Zoë 美咲 대현'.split(
    ' ',
  );

export const LAST_NAMES =
  "Abe Adeyemi Almeida Andersson Bakker Becker Bianchi Brown Castillo Chen Costa Dąbrowski Da-Silva Diaz Dubois Dvořák Eriksson Fernández Fischer García Gómez Gupta Haddad Hansen Hernández Ito Jansen Johansson Jones Kaya Keller Kim Kowalski Kumar Larsen Lee Lefèvre López Martin Meyer Mensah Müller Nakamura Nguyen Nielsen Novák O'Brien Okafor Öztürk Park Patel Pereira Petrov Rossi Sánchez Sato Schmidt Şahin Silva Singh Smith Suzuki Tanaka Taylor Virtanen Wagner Wang Weber Williams Yılmaz Zhang".split(
    ' ',
  );

/** Department, the prefix of its cost centers, and what people there are called. */
export const DEPARTMENTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['Engineering', 'CC-41', ['Software Engineer', 'Staff Engineer', 'Engineering Manager', 'QA Engineer']],
  ['Sales', 'CC-20', ['Account Executive', 'Sales Engineer', 'Sales Director']],
  ['Marketing', 'CC-23', ['Content Lead', 'Campaign Manager', 'Designer']],
  ['Customer Success', 'CC-25', ['Success Manager', 'Support Engineer', 'Trainer']],
  ['Finance', 'CC-10', ['Controller', 'Accountant', 'Financial Analyst']],
  ['People & Culture', 'CC-11', ['Recruiter', 'HR Partner', 'Payroll Specialist']],
  ['Operations', 'CC-30', ['Operations Manager', 'Buyer', 'Logistics Planner']],
  ['Legal', 'CC-12', ['Counsel', 'Privacy Officer', 'Paralegal']],
  ['Research', 'CC-45', ['Scientist', 'Research Fellow', 'Data Scientist']],
  ['IT', 'CC-13', ['System Administrator', 'Service Desk Agent', 'Security Engineer']],
];

/** City, time zone, language. */
export const LOCATIONS: readonly (readonly [string, string, string])[] = [
  ['Amsterdam', 'Europe/Amsterdam', 'en-US'],
  ['Austin', 'America/Chicago', 'en-US'],
  ['Berlin', 'Europe/Berlin', 'de-DE'],
  ['Bengaluru', 'Asia/Kolkata', 'en-US'],
  ['London', 'Europe/London', 'en-US'],
  ['Madrid', 'Europe/Madrid', 'es-ES'],
  ['New York', 'America/New_York', 'en-US'],
  ['Prague', 'Europe/Prague', 'en-US'],
  ['São Paulo', 'America/Sao_Paulo', 'pt-PT'],
  ['Tokyo', 'Asia/Tokyo', 'jp-JP'],
];

export const CLIENTS = [
  '6.1.11.45504 (Windows)',
  '6.1.11.39163 (Mac)',
  '6.1.10.45028 (Windows)',
  '6.0.11.39959 (Windows)',
  '6.1.5.22124 (iPhone)',
  '6.1.6.23421 (Android)',
  '5.17.11.34827 (Windows)',
  '5.16.10.25689 (Mac)',
] as const;

export const TOPICS = [
  'Weekly sync',
  'Stand-up',
  'Project review',
  'Customer call',
  'Interview',
  '1:1',
  'Planning',
  'Retrospective',
  'Budget round',
  'Design critique',
  'Onboarding',
  'Vendor meeting',
  'Team lunch',
  'Incident review',
  'Übergabe Frühschicht',
  '定例会議',
] as const;

export const WEBINAR_TOPICS = ['Product tour', 'Quarterly town hall', 'Partner training', 'Customer webinar'] as const;

export const GROUP_NAMES = [
  'Contractors',
  'Executives',
  'Remote',
  'Zoom Rooms',
  'Webinar Hosts',
  'Keep License',
] as const;

/** Letters an e-mail address can bear. */
export function toAscii(name: string): string {
  const folded = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łŁ]/g, 'l')
    .replace(/[øØ]/g, 'o')
    .replace(/[ıİ]/g, 'i')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '');
  return folded || 'user';
}
