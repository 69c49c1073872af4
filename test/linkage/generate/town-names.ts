/** Names of a British town as they are, with the many that are alike: twins are given such names on purpose. */
export const GIRLS =
  `Olivia Amelia Emilia Isla Ava Eva Evie Ivy Lily Lilly Millie Molly Isabella Isabelle Isabel Sophia Sophie Sofia Mia Maya Maia
  Poppy Ella Ellie Elle Elsie Emily Emma Freya Charlotte Scarlett Daisy Maisie Alice Florence Phoebe Grace Gracie Rosie
  Rose Ruby Evelyn Eleanor Eliza Elizabeth Harriet Hallie Halle Hannah Anna Hana Anya Aanya Anaya Inaya Aisha Ayesha Aaliyah
  Alina Aleena Alisha Alesha Amina Amira Samira Zara Sara Sarah Zahra Fatima Maryam Mariam Zainab Layla Leila Laila Lola Lila
  Lyla Lyra Orla Ottilie Erin Eryn Eira Ffion Seren Megan Megyn Carys Cerys Caitlin Kaitlyn Katie Kate Kayleigh Kylie Keira
  Kiera Ciara Chloe Zoe Esme Edie Edith Ada Ida Iris Isobel Niamh Neve Aoife Abigail Abbie Gabriella Gabrielle Mila Myla
  Bella Beth Bethany Brooke Summer Savannah Sienna Siena Thea Theia Lottie Dottie Tilly Matilda Nancy Nina Nora Norah Penny
  Holly Jessica Jasmine Yasmin Julia Julie Juliet Laura Lauren Lara Lana Lucy Lucie Luna Lydia Natalia Natalie Nicole Nikola
  Oliwia Zofia Zosia Maja Hanna Priya Riya Diya Ria Mary Marie Maria Michelle Nicola Karen Kerry Kelly Linda Susan Patricia
  Margaret Jean Joan Jane Janet Angela Amanda Claire Helen Ellen Rachel Rebecca Ruth Samantha Tracey Stacey Victoria Yvonne`
    .trim()
    .split(/\s+/);
export const BOYS =
  `Oliver George Arthur Noah Muhammad Mohammed Leo Theo Oscar Harry Henry Harvey Harley Archie Alfie Albie Jack Jake Freddie
  Charlie Thomas Tommy William Liam Ryan Rian Bryan Brian Ethan Evan Euan Ewan Owen Rowan Rohan Ronan Jacob Jakub Isaac Ismail
  Max Mason Jason Jaxon Jackson Hudson Hunter Logan Hogan Lucas Luca Luka Luke Lewis Louis Louie Adam Aydin Aiden Aidan Hayden
  Jayden Kayden Brayden Caden Zayden Amir Amar Omar Umar Ammar Ayaan Aayan Ayan Rayan Rayyan Zayn Zain Zane Zachary Zackary
  Zak Yusuf Yunus Ibrahim Ismaeel Hamza Hamzah Hassan Hussain Bilal Bilaal Ali Aly Daniel Danial Daniyal David Davit Dylan
  Dillon Finn Finlay Finley Fergus Felix Elijah Elias Eli Ezra Joseph Josef Joshua Josh James Jamie Jaime John Jon Jonathan
  Nathan Nathaniel Samuel Sam Simon Sebastian Benjamin Ben Bobby Robbie Robert Reuben Ruben Rory Toby Teddy Tyler Taylor Kyle
  Kai Kian Kieran Kiran Callum Calum Cameron Connor Conor Cormac Declan Darragh Dexter Edward Edwin Edmund Eric Erik Frank
  Gary Barry Harrison Gavin Graham Ian Iain Keith Kenneth Kevin Mark Marc Marcus Martin Matthew Michael Mitchell Neil Nigel
  Paul Peter Philip Richard Roger Roy Sean Shaun Shane Stephen Steven Stuart Terence Trevor Wayne Jakob Filip Antoni Szymon`
    .trim()
    .split(/\s+/);
/** Second forenames, and what people are called for short. */
export const SHORT: Readonly<Record<string, string>> = {
  ...{ William: 'Bill', Robert: 'Bob', Richard: 'Rick', Michael: 'Mike', Stephen: 'Steve', Steven: 'Steve' },
  ...{ Peter: 'Pete', Philip: 'Phil', Matthew: 'Matt', Susan: 'Sue', Margaret: 'Peggy', Elizabeth: 'Liz' },
  ...{ Victoria: 'Vicky', Samantha: 'Sam', Samuel: 'Sam', Patricia: 'Pat', Rebecca: 'Becky', Thomas: 'Tom' },
  ...{ Benjamin: 'Ben', Daniel: 'Dan', Joshua: 'Josh', Edward: 'Ted', Charlotte: 'Lottie', James: 'Jim' },
};
export const FAMILIES =
  `Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall
  Wood Jackson Clarke Khan Ahmed Hussain Ali Singh Kaur Begum Thomas Lewis Harris Martin Cooper King Lee Baker Harrison Morris
  Allen Clark Scott Adams Mitchell Campbell Anderson Phillips James Hill Turner Carter Collins Stewart Parker Bell Murphy Murray
  Miller Cox Richards Marshall Simpson Price Gray Butler Shaw Bennett Cook Foster Kelly Barnes Mason Powell Palmer Holmes Mills
  Rogers Knight Stevens Webb Fisher Hunt Dixon Harvey Pearson Graham Fletcher Gibson Howard Andrews Elliott Reynolds Ford Payne
  Fox Dean West Day Brooks Lawson Bradley Burton Stone Atkinson Dawson Ball Rose Gill Lane Reid Byrne Doyle Walsh Ryan O'Brien
  O'Connor Doherty Kowalski Nowak Wojcik Popescu Ionescu Iqbal Mahmood Malik Akhtar Rahman Miah Uddin Chowdhury Sharma Shah Rao
  Adeyemi Okafor Mensah Opoku Balogun Osei Ahmadi Karimi Tesfay Haile Warsame Farah Nguyen Tran Chen Wong Silva Santos Costa`
    .trim()
    .split(/\s+/);
