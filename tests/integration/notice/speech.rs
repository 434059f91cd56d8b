//! What a typed text claims or denies beside the record: sentences that must be asked about, and
//! sentences that must not, in every language.

use breach::fact::Value;
use breach::notice::{Language, Reader, languages};

use super::{everything, typed, write_in};

/// What a sentence is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Theft,
    Ransom,
    Denial,
    Nothing,
}

use Asks::{Denial, Nothing, Ransom, Theft};

fn asked(language: &Language, text: &str) -> Vec<Asks> {
    let mut facts = everything("plain words");
    facts.remove("acquisition_reasonably_believed");
    facts.remove("access_reasonably_believed");
    facts.insert("data_access".to_owned(), typed("data_access", "reachable"));
    facts.insert("data_published".to_owned(), typed("data_published", "no-sign"));
    let classes = typed("data_classes", "names-contact, card-number, bank, credentials");
    facts.insert("data_classes".to_owned(), classes);
    facts.insert("notice_account".to_owned(), Value::Text(text.to_owned()));
    let letter = write_in(language, Reader::People, None, &facts, false).text;
    let signs = [
        (Theft, "this says that data was taken"),
        (Ransom, "does this say that data is offered for sale or held to ransom?"),
        (Denial, "does this deny that data was affected?"),
    ];
    signs.iter().filter(|(_, sign)| letter.contains(sign)).map(|(asks, _)| *asks).collect()
}

#[test]
fn what_a_text_claims_or_denies_is_asked_about_and_nothing_else() {
    let mut wrong = Vec::new();
    for (tag, asks, text) in SENTENCES {
        let language = languages().iter().find(|language| language.tag == tag).expect("held");
        let asked = asked(language, text);
        let expected: &[Asks] = if asks == Nothing { &[] } else { &[asks] };
        if asked != expected {
            wrong.push(format!("{tag}: {text}: {asked:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const SENTENCES: [(&str, Asks, &str); 115] = [
    ("en", Theft, "Somebody removed files with bank details."),
    ("en", Theft, "Removed files with bank details."),
    ("en", Theft, "An intruder took names and card numbers."),
    ("en", Theft, "IBANs were taken."),
    ("en", Theft, "An intruder had taken passwords."),
    ("en", Theft, "The script captured card numbers."),
    ("en", Theft, "They made off with customer records."),
    ("en", Theft, "Somebody got hold of your bank details."),
    ("en", Theft, "An intruder grabbed a list of passwords."),
    ("en", Theft, "An unknown person made copies."),
    ("en", Theft, "The following was taken: your name."),
    ("en", Theft, "We learned that somebody stole card numbers."),
    ("en", Theft, "We took steps, but the intruder took your data."),
    ("en", Ransom, "The intruder demands a ransom."),
    ("en", Ransom, "They threatened to publish the files."),
    ("en", Ransom, "Somebody blackmailed us with it."),
    ("en", Ransom, "We were extorted."),
    ("en", Denial, "No bank details were removed."),
    ("en", Denial, "Nobody took any names."),
    ("en", Nothing, "We found a ransom note on a server."),
    ("en", Nothing, "We took steps to protect your data."),
    ("en", Nothing, "Measures were taken to protect your data."),
    ("en", Nothing, "We have taken the server with your data offline."),
    ("en", Nothing, "We removed the files from the server."),
    ("en", Nothing, "The files were removed from the internet."),
    ("en", Nothing, "We collected information on the incident."),
    ("en", Nothing, "An intruder obtained access to our data."),
    ("en", Nothing, "It took us a day to find it. Your data is with us."),
    ("en", Nothing, "The incident took place on a server with customer data."),
    ("en", Nothing, "We take the protection of your data seriously."),
    ("de", Theft, "Unbefugte haben sich Daten verschafft."),
    ("de", Theft, "Ein Unbekannter nahm Dateien mit Bankdaten mit."),
    ("de", Theft, "Kartennummern wurden ausgelesen."),
    ("de", Theft, "Die Täter brachten sich in den Besitz von Kundendaten."),
    ("de", Theft, "Eine Liste mit Passwörtern wurde entwendet."),
    ("de", Theft, "Bankdaten wurden abgefischt."),
    ("de", Theft, "Die Angreifer zogen Kundendaten ab."),
    ("de", Theft, "Die Täter exfiltrierten Dateien."),
    ("de", Theft, "Er bemächtigte sich der Passwörter."),
    ("de", Ransom, "Die Täter erpressten uns."),
    ("de", Ransom, "Der Täter fordert Lösegeld."),
    ("de", Ransom, "Sie drohten, die Daten zu veröffentlichen."),
    ("de", Denial, "Es wurden keine Bankdaten ausgelesen."),
    ("de", Denial, "Niemand nahm Dateien mit."),
    ("de", Nothing, "Auf einem Server lag ein Erpresserschreiben."),
    ("de", Nothing, "Wir fanden eine Lösegeldforderung auf einem Server."),
    ("de", Nothing, "Unbefugte haben sich Zugang zu Daten verschafft."),
    ("de", Nothing, "Unbefugte erlangten Zugriff auf Daten."),
    ("de", Nothing, "Wir nahmen den Server mit den Daten vom Netz."),
    ("de", Nothing, "Wir haben Maßnahmen zum Schutz Ihrer Daten ergriffen."),
    ("de", Nothing, "Wir haben die Dateien vom Server entfernt."),
    ("de", Nothing, "Wir haben Kenntnis von dem Vorfall mit Ihren Daten erlangt."),
    ("de", Nothing, "Der Schutz Ihrer Daten ist uns wichtig."),
    ("fr", Theft, "Un tiers a récupéré des fichiers de coordonnées bancaires."),
    ("fr", Theft, "Des numéros de carte ont été siphonnés."),
    ("fr", Theft, "Un inconnu s’est emparé de fichiers."),
    ("fr", Theft, "Il a mis la main sur des mots de passe."),
    ("fr", Theft, "Des données ont été prises."),
    ("fr", Theft, "Un intrus a emporté des dossiers."),
    ("fr", Theft, "L’exfiltration de données a duré une nuit."),
    ("fr", Theft, "Un tiers a retiré des fichiers du serveur."),
    ("fr", Theft, "Le vol d’identifiants a duré une nuit."),
    ("fr", Ransom, "L’intrus exige une rançon."),
    ("fr", Ransom, "Ils ont menacé de publier les fichiers."),
    ("fr", Ransom, "C’est un chantage."),
    ("fr", Denial, "Aucune coordonnée bancaire n’a été siphonnée."),
    ("fr", Denial, "Personne n’a emporté de fichiers."),
    ("fr", Nothing, "Une note de rançon se trouvait sur un serveur."),
    ("fr", Nothing, "Nous avons pris des mesures pour protéger vos données."),
    ("fr", Nothing, "Des mesures ont été prises pour protéger vos données."),
    ("fr", Nothing, "Les fichiers ont été retirés du site."),
    ("fr", Nothing, "Nous avons récupéré les fichiers d’une sauvegarde."),
    ("fr", Nothing, "Un tiers a obtenu un accès à nos données."),
    ("fr", Nothing, "Nous avons pris connaissance de l’incident et de ses données."),
    ("fr", Nothing, "La protection de vos données est importante."),
    ("es", Theft, "Alguien retiró archivos con datos bancarios."),
    ("es", Theft, "Un intruso tomó nombres y contraseñas."),
    ("es", Theft, "Se hicieron con números de tarjeta."),
    ("es", Theft, "Un tercero se apoderó de sus datos."),
    ("es", Theft, "El código capturó números de tarjeta."),
    ("es", Theft, "La exfiltración de datos duró una noche."),
    ("es", Theft, "Hurtaron un listado de contraseñas."),
    ("es", Theft, "Sacaron ficheros de la red."),
    ("es", Ransom, "El intruso exige un rescate."),
    ("es", Ransom, "Amenazaron con publicar los archivos."),
    ("es", Ransom, "Fue un chantaje."),
    ("es", Denial, "Nadie tomó contraseñas."),
    ("es", Denial, "No se retiró ningún archivo con datos bancarios."),
    ("es", Nothing, "Encontramos una nota de rescate en un servidor."),
    ("es", Nothing, "Se tomaron medidas para proteger sus datos."),
    ("es", Nothing, "Tomamos medidas para proteger sus datos."),
    ("es", Nothing, "Retiramos los archivos del servidor."),
    ("es", Nothing, "Un intruso obtuvo acceso a nuestros datos."),
    ("es", Nothing, "El equipo llevó a cabo una revisión de los datos."),
    ("es", Nothing, "La protección de sus datos es importante."),
    ("pt-BR", Theft, "Alguém retirou arquivos com dados bancários."),
    ("pt-BR", Theft, "Um invasor pegou nomes e senhas."),
    ("pt-BR", Theft, "Um terceiro se apropriou dos seus dados."),
    ("pt-BR", Theft, "O código capturou números de cartão."),
    ("pt-BR", Theft, "A exfiltração de dados durou uma noite."),
    ("pt-BR", Theft, "Arquivos foram baixados por um invasor."),
    ("pt-BR", Theft, "Tiraram uma lista de senhas."),
    ("pt-BR", Theft, "Dados bancários foram obtidos por um invasor."),
    ("pt-BR", Ransom, "O invasor exige um resgate."),
    ("pt-BR", Ransom, "Ameaçaram publicar os arquivos."),
    ("pt-BR", Ransom, "Foi uma chantagem."),
    ("pt-BR", Denial, "Ninguém pegou senhas."),
    ("pt-BR", Denial, "Nenhum arquivo com dados bancários foi obtido."),
    ("pt-BR", Nothing, "Encontramos uma nota de resgate em um servidor."),
    ("pt-BR", Nothing, "Adotamos medidas para proteger seus dados."),
    ("pt-BR", Nothing, "Retiramos os arquivos do servidor."),
    ("pt-BR", Nothing, "Um invasor obteve acesso aos nossos dados."),
    ("pt-BR", Nothing, "Tiramos do ar o servidor com os dados."),
    ("pt-BR", Nothing, "Uma equipe de resgate de dados nos ajuda."),
    ("pt-BR", Nothing, "A proteção dos seus dados é importante."),
];
