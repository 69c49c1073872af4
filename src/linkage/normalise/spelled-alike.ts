/**
 * Spellings of one name that people, and systems for the same person, use for one another: mostly names that come from
 * another script by ear. In plain capitals, the one they are read as first. Names that are used for one another, but are
 * others (WILLIAM and BILL), are in `nicknames.ts`.
 */
const GROUPS = `
MOHAMMED MUHAMMAD MOHAMED MOHAMMAD MUHAMMED MOHAMAD MUHAMED MUHAMAD MOHAMMOD MAHAMED MOHD,
AHMED AHMAD AHMET, HUSSEIN HUSSAIN HUSAIN HOSSEIN HOSSAIN HUSAYN HUSEIN HUSSEYN, HASSAN HASAN,
FATIMA FATEMA FATIMAH FATHIMA FATEMEH, YUSUF YOUSUF YUSEF YOUSEF YOUSSEF YOUSIF, OMAR UMAR, ALI ALY,
IBRAHIM EBRAHIM IBRAHEEM, ABDULLAH ABDULLA ABDALLAH ABDALLA, KHALID KHALED, AISHA AYESHA AYSHA AISHAH AAISHA,
SAEED SAEID, RAHMAN REHMAN, SHEIKH SHAIKH SHEIK SHAYKH, QURESHI QURAISHI KURESHI, KHATUN KHATOON,
CHOWDHURY CHOUDHURY CHAUDHURY CHAUDHRY CHOUDHRY CHOWDHRY CHAUDHARY CHOUDHARY, SIDDIQUI SIDDIQI SIDDIQUE,
OSMAN USMAN UTHMAN OTHMAN, MUSTAFA MOSTAFA MUSTAPHA, MAHMOUD MAHMOOD MAHMUD, RASHID RASHEED, HAMID HAMEED,
ZAINAB ZAYNAB ZEINAB ZEYNEP, MARYAM MARIAM MARYUM, NOOR NUR NOUR, HAMZA HAMZAH, BILAL BELAL, ISMAIL ISMAEL ESMAIL,
SULEIMAN SULAIMAN SULEYMAN SOLEIMAN, KARIM KAREEM, SALIM SALEEM, JAMAL GAMAL, NASSER NASIR NASSIR,
KAUR KOUR, TCHAIKOVSKY CHAIKOVSKY CHAYKOVSKY, SERGEI SERGEY, ALEXEI ALEKSEI ALEXEY ALEKSEY, ANDREI ANDREY,
DMITRI DMITRY DMITRIY DMYTRO, OLEKSANDR ALEKSANDR
`;

/** Names as their own script has them, whose letters do not tell the vowels. */
const IN_ARABIC: Readonly<Record<string, string>> = {
  ...{
    محمد: 'MOHAMMED',
    احمد: 'AHMED',
    حسين: 'HUSSEIN',
    حسن: 'HASSAN',
    علي: 'ALI',
    عمر: 'OMAR',
    يوسف: 'YUSUF',
  },
  ...{
    فاطمة: 'FATIMA',
    فاطمه: 'FATIMA',
    عائشة: 'AISHA',
    خالد: 'KHALID',
    ابراهيم: 'IBRAHIM',
    مصطفي: 'MUSTAFA',
  },
  ...{
    محمود: 'MAHMOUD',
    سعيد: 'SAEED',
    مريم: 'MARYAM',
    زينب: 'ZAINAB',
    نور: 'NOOR',
    حمزة: 'HAMZA',
    بلال: 'BILAL',
  },
  ...{ اسماعيل: 'ISMAIL', سليمان: 'SULEIMAN', كريم: 'KARIM', جمال: 'JAMAL', عثمان: 'OSMAN', رشيد: 'RASHID' },
};

const first = new Map<string, string>();
for (const line of GROUPS.trim().split(/,\s+/)) {
  const [name = '', ...others] = line.split(' ');
  for (const other of others) first.set(other, name);
}

/** One spelling for all of one name; the name itself if it has none. */
export const spelledAlike = (name: string): string => first.get(name) ?? name;

/** A word in Arabic script in plain letters, if it is among the commonest; null if not. */
export function arabicName(word: string): string | null {
  const letters = word
    .normalize('NFD')
    .replace(/[\u0640\u064b-\u065f\u0670]/g, '')
    .replace(/[ىی]/g, 'ي')
    .replace(/ک/g, 'ك');
  return IN_ARABIC[letters] ?? null;
}
