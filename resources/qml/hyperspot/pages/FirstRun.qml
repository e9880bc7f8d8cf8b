pragma ComponentBehavior: Bound

import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// No chat model yet: three that fit this computer, or a file one has.
Column {
    id: root

    required property ModelsViewModel models

    signal fileWanted
    signal modelsWanted

    spacing: Theme.gap4

    Words {
        width: parent.width
        text: qsTr("Choose a model to talk to")
        font.pixelSize: Theme.sizeTitle
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Words {
        width: parent.width
        text: qsTr("It runs on this computer and works without a network. These fit well here; you can change your mind at any time.")
        muted: true
        wrapMode: Text.Wrap
        font.pixelSize: Theme.sizeSmall
    }
    Row {
        width: parent.width
        spacing: Theme.gap3

        Repeater {
            model: root.models.recommendedCards

            RecommendedCard {
                required property string modelId

                width: (root.width - Theme.gap3 * 2) / 3
                height: Math.max(implicitHeight, Theme.size(236))
                onChosen: root.models.download(modelId)
            }
        }
    }
    ErrorNote {
        width: parent.width
        sentence: root.models.errorSentence
        action: root.models.errorAction
        code: root.models.errorCode
        closable: true
        onClosed: root.models.dismissError()
    }
    Row {
        spacing: Theme.gap2

        ActionButton {
            iconName: "folder-open"
            text: qsTr("Use a file I have")
            onClicked: root.fileWanted()
        }
        ActionButton {
            iconName: "boxes"
            text: qsTr("See all models")
            onClicked: root.modelsWanted()
        }
    }
}
